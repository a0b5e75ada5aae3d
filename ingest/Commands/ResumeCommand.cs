using System.CommandLine;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Commands;

/// <summary><c>resume &lt;dataset&gt;</c>: ends a pause. Slots that passed meanwhile stay skipped.</summary>
internal static class ResumeCommand
{
    internal static Command Make(CommandBody body)
    {
        var dataset = new Argument<string>("dataset") { Description = "Id of the dataset." };
        var command = new Command("resume", "End the pause of a dataset's schedule.") { dataset };
        command.SetAction((parsed, token) => body((context, stop) => RunAsync(context, parsed.GetValue(dataset)!, stop), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string dataset, CancellationToken token)
    {
        await using var ledger = await RunLedger.OpenAsync(context.Settings.Ledger, context.Clock, token);
        var done = await ledger.ResumeAsync(dataset, Actor.OfCommandLine, token);
        await context.Output.WriteLineAsync(done ? $"{dataset}: its schedule goes on." : $"{dataset} is not paused.");
        return done ? ExitCodes.Good : ExitCodes.SomeFailed;
    }
}
