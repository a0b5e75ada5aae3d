using System.CommandLine;
using OpenData.Catalogs.Errors;

namespace OpenData.Ingest.Commands;

/// <summary>The commands of the worker. Expected failures end with a code and a sentence, never with a stack trace.</summary>
public static class CommandLine
{
    // A run at work gives up within seconds of a signal; then the program ends without it.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    /// <summary>Runs a command line and returns the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Func<CommandContext> context)
    {
        var parsed = Root(context).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync("Try: ingest --help");
            return ExitCodes.Usage;
        }

        using var stop = new StopSignals(StopLimit);
        var work = parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, stop.Token);
        return await await Task.WhenAny(work, stop.GivenUp);
    }

    private static RootCommand Root(Func<CommandContext> context) => new("Fetches, checks and publishes the datasets of the catalogue.")
    {
        ServeCommand.Make(Guarded(context)),
        RunCommand.Make(Guarded(context)),
        BackfillCommand.Make(Guarded(context)),
        CheckCommand.Make(Guarded(context)),
        RunsCommand.Make(Guarded(context)),
        ShowCommand.Make(Guarded(context)),
        ExplainCommand.Make(Guarded(context)),
        VerifyCommand.Make(Guarded(context)),
        QuarantineCommand.Make(Guarded(context)),
        BackupCommand.Make(Guarded(context)),
        BackupCommand.MakeRestore(Guarded(context)),
        PinCommand.Make(Guarded(context)),
        SlotsCommand.Make(Guarded(context)),
        PauseCommand.Make(Guarded(context)),
        ResumeCommand.Make(Guarded(context)),
        UnpinCommand.Make(Guarded(context)),
        PinsCommand.Make(Guarded(context)),
        AccountsCommand.Make(Guarded(context)),
        AuditCommand.Make(Guarded(context)),
        ProposeCommand.Make(Guarded(context)),
        ProposalsCommand.Make(Guarded(context)),
        ApprovalsCommand.Make(Guarded(context)),
        RoundsCommand.Make(Guarded(context)),
    };

    private static CommandBody Guarded(Func<CommandContext> context) => async (work, token) =>
    {
        TextWriter error = Console.Error;
        try
        {
            var made = context();
            error = made.Error;
            return await work(made, token);
        }
        catch (OpenDataException e)
        {
            await error.WriteLineAsync($"{e.Code}: {e.Detail.En}");
            return ExitCodes.CannotWork;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            await error.WriteLineAsync("Interrupted.");
            return ExitCodes.Interrupted;
        }
    };
}
