using System.CommandLine;
using OpenData.Catalogs;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Commands;

/// <summary><c>pause &lt;dataset&gt; --reason</c>: its schedule stands still until <c>resume</c>; slots that come are recorded as skipped.</summary>
internal static class PauseCommand
{
    internal static Command Make(CommandBody body)
    {
        var dataset = new Argument<string>("dataset") { Description = "Id of a dataset with a schedule." };
        var reason = new Option<string>("--reason") { Description = "Why, for those who operate it.", Required = true };
        reason.Validators.Add(ReasonText.Check);
        var command = new Command("pause", "Pause the schedule of a dataset until resume; run goes on working.") { dataset, reason };
        command.SetAction((parsed, token) => body(
            (context, stop) => RunAsync(context, parsed.GetValue(dataset)!, ReasonText.Of(parsed.GetValue(reason))!, stop), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string dataset, string reason, CancellationToken token)
    {
        var catalogue = CatalogReader.Read(context.Settings.CatalogFolder);
        if (await Unusable.WriteAsync(catalogue, [dataset], context.Error) > 0)
        {
            return ExitCodes.CatalogueProblems;
        }

        if (catalogue.Catalog.Find(dataset) is not { Refresh.Cron: not null })
        {
            await context.Error.WriteLineAsync($"{dataset} has no schedule: it runs when a dataset that it is made from is published.");
            return ExitCodes.SomeFailed;
        }

        await using var ledger = await RunLedger.OpenAsync(context.Settings.Ledger, context.Clock, token);
        var done = await ledger.PauseAsync(new Pause(dataset, Actor.OfCommandLine, reason, context.Clock.GetUtcNow()), token);
        await context.Output.WriteLineAsync(done ? $"{dataset}: paused." : $"{dataset} is paused already.");
        return done ? ExitCodes.Good : ExitCodes.SomeFailed;
    }
}
