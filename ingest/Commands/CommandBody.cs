namespace OpenData.Ingest.Commands;

/// <summary>Does the work of a command with expected failures turned into messages and exit codes.</summary>
/// <param name="work">The command.</param>
/// <param name="token">Cancelled by Ctrl-C and SIGTERM.</param>
public delegate Task<int> CommandBody(Func<CommandContext, CancellationToken, Task<int>> work, CancellationToken token);
