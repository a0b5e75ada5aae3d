using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenData.Ingest.Runs;
using OpenData.Warehouse.Quarantine;

namespace OpenData.Ingest.Commands;

/// <summary><c>quarantine list | show | replay</c>: what runs refused, and reading their source bytes again after the contract was mended.</summary>
internal static class QuarantineCommand
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Command Make(CommandBody body)
    {
        var limit = LimitOption.Make();
        var dataset = new Argument<string?>("dataset") { Description = "Only this dataset.", Arity = ArgumentArity.ZeroOrOne };
        var list = new Command("list", "List what runs refused, newest first.") { dataset, limit };
        list.SetAction((parsed, token) => body((context, _) => ListAsync(context, parsed.GetValue(dataset), parsed.GetValue(limit)), token));

        var run = new Argument<string>("run") { Description = "Id of the run." };
        var rule = new Option<string?>("--rule") { Description = "Only records that this rule refused." };
        var records = LimitOption.Make();
        var show = new Command("show", "Print refused records of a run: number, column, rule and text.") { run, rule, records };
        show.SetAction((parsed, token) => body(
            (context, _) => ShowAsync(context, parsed.GetValue(run)!, parsed.GetValue(rule), parsed.GetValue(records)), token));

        var what = new Argument<string>("run-or-dataset") { Description = "Id of a run, or of a dataset: its last run that kept something." };
        var replay = new Command("replay", "Read the landed bytes of a run again under today's contract, and publish what comes of it.") { what };
        replay.SetAction((parsed, token) => body((context, stop) => ReplayAsync(context, parsed.GetValue(what)!, stop), token));
        return new Command("quarantine", "Records that runs refused.") { list, show, replay };
    }

    private static async Task<int> ListAsync(CommandContext context, string? dataset, int limit)
    {
        foreach (var entry in new QuarantineStore(context.Settings.DataFolder).List(dataset, limit))
        {
            var rules = string.Join(", ", entry.Counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Rule}{(c.Column is null ? "" : $"[{c.Column}]")} {c.Rows}")));
            await context.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{entry.Run}  {entry.Dataset}  refused {entry.Refused} of {entry.Received}, {entry.Kept} kept  ({rules})"));
        }

        return ExitCodes.Good;
    }

    private static async Task<int> ShowAsync(CommandContext context, string run, string? rule, int limit)
    {
        var store = new QuarantineStore(context.Settings.DataFolder);
        if (store.Find(run) is not { } entry)
        {
            return await RefuseAsync(context);
        }

        await context.Output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{entry.Dataset}: refused {entry.Refused} of {entry.Received} records; the text of {entry.Kept} is kept"));
        foreach (var record in store.Records(run, rule, 0, limit))
        {
            // As JSON: a text with line feeds or control characters stays on its line and does nothing to a terminal.
            var text = record.Text is null ? "" : JsonSerializer.Serialize(record.Text, Plain);
            await context.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{record.Row}  {record.Column ?? "-"}  {record.Rule}  {text}").TrimEnd());
        }

        return ExitCodes.Good;
    }

    private static async Task<int> ReplayAsync(CommandContext context, string what, CancellationToken token)
    {
        var store = new QuarantineStore(context.Settings.DataFolder);
        using var progress = new RunProgress(context.Output, context.IsTerminal);
        await using var worker = await IngestWorker.OpenAsync(context.Settings, progress, context.Logs, context.Clock, token);
        var run = await worker.Ledger.FindAsync(what, token) is { } named ? named.Id
            : store.List(what, 1) is [var newest, ..] ? newest.Run : null;
        if (run is null || await worker.Ledger.FindAsync(run, token) is not { } found)
        {
            return await RefuseAsync(context);
        }

        if (worker.Catalogue.Catalog.Find(found.Dataset) is not { } contract)
        {
            await Unusable.WriteAsync(worker.Catalogue, [found.Dataset], context.Error);
            return ExitCodes.CatalogueProblems;
        }

        await worker.Ledger.Audit.AppendAsync(Actor.OfCommandLine, "quarantine.replay", found.Dataset, found.Id, token);
        var outcome = await worker.RunAsync(contract, RunCause.ReplayOf(found.Id) with { By = Actor.OfCommandLine }, token);
        return outcome is { IsGood: true } ? ExitCodes.Good : ExitCodes.SomeFailed;
    }

    private static async Task<int> RefuseAsync(CommandContext context)
    {
        await context.Error.WriteLineAsync($"{QuarantineErrors.Unknown.Code}: {QuarantineStore.Unknown().Detail.En}");
        return ExitCodes.SomeFailed;
    }
}
