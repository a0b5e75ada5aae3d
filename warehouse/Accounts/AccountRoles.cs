namespace OpenData.Warehouse.Accounts;

/// <summary>Pure: roles as the text that the database and forms hold.</summary>
public static class AccountRoles
{
    /// <summary>All roles, in the order of their declaration.</summary>
    public static IReadOnlyList<AccountRole> All { get; } = Enum.GetValues<AccountRole>();

    /// <summary>For example <c>operator</c>.</summary>
#pragma warning disable CA1308 // The texts are lower case by definition.
    public static string Text(AccountRole role) => role.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>For example <c>operator,approver</c>: each once, in the order of declaration.</summary>
    public static string Text(IEnumerable<AccountRole> roles) => string.Join(',', roles.Distinct().Order().Select(Text));

    /// <summary>The roles of a text; words that are none are passed over, so that an older program reads what a newer one wrote.</summary>
    public static IReadOnlyList<AccountRole> Of(string text)
        => [.. All.Where(r => text.Split(',').Contains(Text(r), StringComparer.Ordinal))];
}
