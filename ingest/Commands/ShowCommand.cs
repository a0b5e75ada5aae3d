using System.CommandLine;
using System.Globalization;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Commands;

/// <summary><c>show &lt;run&gt;</c>: everything the ledger knows of a run.</summary>
internal static class ShowCommand
{
    internal static Command Make(CommandBody body)
    {
        var run = new Argument<string>("run") { Description = "Run id, as printed by runs." };
        var command = new Command("show", "Show one run: steps, landed files, counts, quarantine by rule, cause.") { run };
        command.SetAction((parsed, token) => body((context, stop) => RunAsync(context, parsed.GetValue(run)!, stop), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string id, CancellationToken token)
    {
        await using var ledger = RunLedger.ForReading(context.Settings.Ledger, context.Clock);
        if (await ledger.FindAsync(id, token) is not { } run)
        {
            await context.Error.WriteLineAsync($"The ledger has no run {id}.");
            return ExitCodes.SomeFailed;
        }

        await context.Output.WriteLineAsync(RunsCommand.Line(run));
        await WriteCountsAsync(context.Output, run);
        if ((await ledger.ProgressAsync(token)).TryGetValue(id, out var progress))
        {
            await context.Output.WriteLineAsync(ProgressLine(progress));
        }

        if (await ledger.BackfillOfAsync(id, token) is { } backfill)
        {
            var windows = await ledger.WindowsAsync(backfill.Id, token);
            await context.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  backfill {backfill.From:yyyy-MM-dd} to {backfill.To:yyyy-MM-dd} by {backfill.Window}: {windows.Count} of {backfill.Windows} windows in"));
        }

        foreach (var step in await ledger.StepsAsync(id, token))
        {
            await context.Output.WriteLineAsync(StepLine(step));
        }

        foreach (var landed in await ledger.LandingsAsync(id, token))
        {
            await context.Output.WriteLineAsync(LandedLine(landed));
        }

        foreach (var day in await ledger.ReconcileDaysAsync(id, token))
        {
            await context.Output.WriteLineAsync(DayLine(day));
        }

        var quarantine = await ledger.QuarantineAsync(id, token);
        if (quarantine.Count > 0)
        {
            await context.Output.WriteLineAsync($"  quarantined by rule: {OutcomeText.Rules(quarantine)}");
        }

        foreach (var line in await ledger.LinesAsync(id, token))
        {
            await context.Output.WriteLineAsync($"  {Time(line.At)} {line.Level,-11} {line.Text}");
        }

        return ExitCodes.Good;
    }

    private static string ProgressLine(ProgressNote progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"  at work: {progress.Step} since {Time(progress.StepStartedAt)}, {progress.Records ?? 0} records, {progress.Bytes ?? 0} bytes (noted {Time(progress.NotedAt)})");

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static async Task WriteCountsAsync(TextWriter output, RunRecord run)
    {
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"  trigger {run.Trigger}, worker {run.Worker.Host} process {run.Worker.ProcessId}"));
        if (run.Counts is { } c)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  rows {run.Rows}; received {c.Received} = inserted {c.Inserted} + updated {c.Updated} + unchanged {c.Unchanged} + deleted {c.Deleted} + superseded {c.Superseded} + duplicates {c.Duplicates} + quarantined {c.Quarantined}; removed {c.Removed}"));
        }
    }

    private static string DayLine(ReconcileDay day)
    {
        var after = day.After is { } rows ? string.Create(CultureInfo.InvariantCulture, $", {rows} published since") : "";
        return string.Create(CultureInfo.InvariantCulture, $"  differs  {day.Day}: {day.Before} rows published, {day.AtSource} at the source{after}");
    }

    private static string LandedLine(LandingRecord landed)
    {
        var removed = landed.RemovedAt is { } at ? $", removed {Time(at)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"  landed   {landed.Sha256}, {landed.Bytes} bytes of {landed.Origin}{removed}");
    }

    private static string StepLine(StepRecord step)
    {
        var records = step.Records is { } r ? string.Create(CultureInfo.InvariantCulture, $", {r} records") : "";
        var bytes = step.Bytes is { } b ? string.Create(CultureInfo.InvariantCulture, $", {b} bytes") : "";
        var hash = step.Sha256 is { } h ? $", sha256 {h}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"  {step.Name,-8} {step.Duration.TotalMilliseconds,9:0.0} ms{records}{bytes}{hash}");
    }
}
