using OpenData.Warehouse.Accounts;

namespace OpenData.Warehouse.Approvals;

/// <summary>Pure: whether two names of actors may be one person. An account and an operating system user of the same name are.</summary>
public static class PersonName
{
    private const string CommandLine = "cli:";

    /// <summary>True for an actor of the command line, who has no account.</summary>
    public static bool IsOfCommandLine(string actor) => actor.StartsWith(CommandLine, StringComparison.Ordinal);

    /// <summary>True when both names may be one person.</summary>
    public static bool IsSame(string one, string other) => string.Equals(Key(one), Key(other), StringComparison.Ordinal);

    private static string Key(string actor)
    {
        var name = IsOfCommandLine(actor) ? actor[CommandLine.Length..] : actor;
        return AccountName.KeyOf(name) ?? name.ToUpperInvariant();
    }
}
