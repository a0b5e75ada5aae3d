using System.CommandLine;
using OpenData.Ingest.Runs;

namespace OpenData.Ingest.Commands;

/// <summary><c>run &lt;dataset&gt;… | --all</c>: runs datasets now, parents first.</summary>
internal static class RunCommand
{
    internal static Command Make(CommandBody body)
    {
        var datasets = new Argument<string[]>("dataset") { Arity = ArgumentArity.ZeroOrMore, Description = "Ids of the datasets to run." };
        var all = new Option<bool>("--all") { Description = "Run every dataset of the catalogue." };
        var reason = new Option<string?>("--reason") { Description = "What the public is told about the versions that come of it; stored with them." };
        reason.Validators.Add(ReasonText.Check);
        var full = new Option<bool>("--full") { Description = "Read everything, not only what changed, and remove published rows that the source no longer has (merge)." };
        var command = new Command("run", "Fetch, check and publish datasets now, parents first.") { datasets, all, reason, full };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(datasets) is { Length: > 0 }) == result.GetValue(all))
            {
                result.AddError("Name datasets, or say --all.");
            }
        });
        command.SetAction((parsed, token) => body(
            (context, stop) => RunAsync(context, parsed.GetValue(all) ? null : parsed.GetValue(datasets), new RunCause("command", ReasonText.Of(parsed.GetValue(reason)), parsed.GetValue(full)) { By = Actor.OfCommandLine }, stop),
            token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string[]? asked, RunCause cause, CancellationToken token)
    {
        using var progress = new RunProgress(context.Output, context.IsTerminal);
        await using var worker = await IngestWorker.OpenAsync(context.Settings, progress, context.Logs, context.Clock, token);
        var unusable = await Unusable.WriteAsync(worker.Catalogue, asked, context.Error);
        if (asked is not null && unusable > 0)
        {
            return ExitCodes.CatalogueProblems;
        }

        var ids = asked ?? [.. worker.Catalogue.Catalog.Datasets.Select(d => d.Id)];
        progress.Expect(ids.Length);
        var outcomes = await worker.RunAllAsync(ids, cause, token);
        progress.Finish();
        await context.Output.WriteLineAsync(OutcomeText.Summary(outcomes));
        if (token.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }

        await worker.TidyAsync(token);
        return outcomes.All(o => o.IsGood) && unusable == 0 ? ExitCodes.Good : ExitCodes.SomeFailed;
    }
}
