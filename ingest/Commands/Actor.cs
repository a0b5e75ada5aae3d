namespace OpenData.Ingest.Commands;

/// <summary>Who works at the command line, as the audit log names them. No account can have a name with a colon.</summary>
internal static class Actor
{
    /// <summary>For example <c>cli:lan</c>.</summary>
    internal static string OfCommandLine { get; } = "cli:" + (Environment.UserName is { Length: > 0 } user ? user : Environment.MachineName);
}
