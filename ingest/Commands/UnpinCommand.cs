using System.CommandLine;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Commands;

/// <summary><c>unpin &lt;dataset&gt; &lt;version&gt;</c>: takes a pin away; the keeping rule decides again.</summary>
internal static class UnpinCommand
{
    internal static Command Make(CommandBody body)
    {
        var dataset = new Argument<string>("dataset") { Description = "Id of the dataset." };
        var version = new Argument<string>("version") { Description = "Name of the version." };
        var command = new Command("unpin", "Take the pin of a version away; the contract's keeping rule decides again.") { dataset, version };
        command.SetAction((parsed, token) => body(
            (context, stop) => RunAsync(context, parsed.GetValue(dataset)!, parsed.GetValue(version)!, stop), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string dataset, string version, CancellationToken token)
    {
        await using var ledger = await RunLedger.OpenAsync(context.Settings.Ledger, context.Clock, token);
        if (!await ledger.UnpinAsync(dataset, version, Actor.OfCommandLine, token))
        {
            await context.Error.WriteLineAsync($"{dataset} {version} is not pinned.");
            return ExitCodes.SomeFailed;
        }

        await context.Output.WriteLineAsync($"{dataset} {version} is no longer pinned.");
        return ExitCodes.Good;
    }
}
