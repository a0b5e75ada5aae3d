using System.CommandLine;
using System.Globalization;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Commands;

/// <summary><c>slots &lt;dataset&gt;</c>: what became of every slot of its schedule.</summary>
internal static class SlotsCommand
{
    internal static Command Make(CommandBody body)
    {
        var dataset = new Argument<string>("dataset") { Description = "Id of the dataset." };
        var limit = LimitOption.Make();
        var command = new Command("slots", "List what became of the slots of a schedule, newest first: the run, or why there was none.") { dataset, limit };
        command.SetAction((parsed, token) => body(
            (context, stop) => RunAsync(context, parsed.GetValue(dataset)!, parsed.GetValue(limit), stop), token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string dataset, int limit, CancellationToken token)
    {
        await using var ledger = RunLedger.ForReading(context.Settings.Ledger, context.Clock);
        if ((await ledger.PausesAsync(token)).FirstOrDefault(p => p.Dataset == dataset) is { } pause)
        {
            await context.Output.WriteLineAsync($"paused since {Time(pause.PausedAt)} by {pause.PausedBy}: {pause.Reason}");
        }

        if ((await ledger.NextSlotsAsync(token)).TryGetValue(dataset, out var next))
        {
            await context.Output.WriteLineAsync($"next {Time(next)}");
        }

        foreach (var slot in await ledger.SlotsAsync(dataset, limit, token))
        {
            await context.Output.WriteLineAsync(await LineAsync(ledger, slot, token));
        }

        return ExitCodes.Good;
    }

    private static async Task<string> LineAsync(RunLedger ledger, SlotRecord slot, CancellationToken token)
    {
        var clock = slot.Clock == SlotClock.Refresh ? "" : $" ({slot.Clock})";
        if (slot.RunId is { } id)
        {
            var run = await ledger.FindAsync(id, token);
            return $"{Time(slot.FirstAt)}{clock}  run {id}  {(run is null ? "" : OutcomeText.Verb(run.Status))}".TrimEnd();
        }

        var until = slot.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" to {Time(slot.LastAt)}, {slot.Count} slots");
        return $"{Time(slot.FirstAt)}{until}{clock}  skipped: {slot.CauseCode} {SlotErrors.Find(slot.CauseCode)?.Title.En}".TrimEnd();
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
