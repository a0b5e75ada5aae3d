using System.CommandLine;
using OpenData.Catalogs;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Commands;

/// <summary><c>explain &lt;dataset&gt;</c>: why it is, or is not, on time, in the words of its public page.</summary>
internal static class ExplainCommand
{
    internal static Command Make(CommandBody body)
    {
        var dataset = new Argument<string>("dataset") { Description = "Id of the dataset." };
        var language = new Option<string>("--language") { Description = "vi or en. Default vi.", DefaultValueFactory = _ => "vi" };
        language.AcceptOnlyFromAmong("vi", "en");
        var command = new Command("explain", "Say why a dataset is, or is not, on time, and what a person can do.") { dataset, language };
        command.SetAction((parsed, token) => body(
            (context, stop) => RunAsync(context, parsed.GetValue(dataset)!, parsed.GetValue(language)!, stop), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string id, string language, CancellationToken token)
    {
        var catalogue = CatalogReader.Read(context.Settings.CatalogFolder);
        if (await Unusable.WriteAsync(catalogue, [id], context.Error) > 0)
        {
            return ExitCodes.CatalogueProblems;
        }

        var contract = catalogue.Catalog.Find(id)!; // what is not there is unusable
        await using var ledger = RunLedger.ForReading(context.Settings.Ledger, context.Clock);
        var facts = await ledger.FreshnessFactsAsync(id, catalogue.Catalog.WorkingDays, token);
        var tries = await ledger.TriesInVainAsync(id, token);
        var now = context.Clock.GetUtcNow();
        await context.Output.WriteLineAsync(contract.Title.For(language));
        foreach (var sentence in ExplanationText.Of(contract, facts, tries, now).Sentences)
        {
            await context.Output.WriteLineAsync("  " + sentence.For(language));
        }

        return Freshness.Of(contract.Refresh, facts, now).State == FreshnessState.Late ? ExitCodes.SomeFailed : ExitCodes.Good;
    }
}
