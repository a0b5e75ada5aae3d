using System.CommandLine;
using System.Globalization;
using OpenData.Ingest.Runs;

namespace OpenData.Ingest.Commands;

/// <summary><c>backfill &lt;dataset&gt; --from … --to …</c>: reads a range of change times window by window, then publishes once.</summary>
internal static class BackfillCommand
{
    internal static Command Make(CommandBody body)
    {
        var dataset = new Argument<string>("dataset") { Description = "Id of the dataset." };
        var from = Day("--from", "First day of the change time, for example 2024-01-01.");
        var to = Day("--to", "Last day of the change time.");
        var window = new Option<string>("--window") { Description = "Length of a window: days, weeks, months or years, for example P14D. Default P1M.", DefaultValueFactory = _ => "P1M" };
        window.Validators.Add(result =>
        {
            if (WindowLength.Parse(result.GetValueOrDefault<string>() ?? "") is null)
            {
                result.AddError("--window is P, a number from 1 to 999, and D, W, M or Y; for example P1M.");
            }
        });
        var anew = new Option<bool>("--anew") { Description = "Read windows again that an earlier, unfinished backfill has landed." };
        var reason = new Option<string?>("--reason") { Description = "What the public is told about the version that comes of it; stored with it." };
        reason.Validators.Add(ReasonText.Check);
        var command = new Command("backfill", "Read a range of change times window by window, then publish once; a killed one goes on where it was.")
        {
            dataset, from, to, window, anew, reason,
        };
        command.Validators.Add(result =>
        {
            if (Parse(result.GetValue(from)) is { } first && Parse(result.GetValue(to)) is { } last && last < first)
            {
                result.AddError("--to is before --from.");
            }
        });
        command.SetAction((parsed, token) => body(
            (context, stop) =>
            {
                // The validators have read all three.
                var plan = new BackfillPlan(
                    Parse(parsed.GetValue(from))!.Value, Parse(parsed.GetValue(to))!.Value, WindowLength.Parse(parsed.GetValue(window)!)!, parsed.GetValue(anew));
                return RunAsync(context, parsed.GetValue(dataset)!, new RunCause("backfill", ReasonText.Of(parsed.GetValue(reason))) { By = Actor.OfCommandLine, Backfill = plan }, stop);
            },
            token));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string dataset, RunCause cause, CancellationToken token)
    {
        using var progress = new RunProgress(context.Output, context.IsTerminal);
        await using var worker = await IngestWorker.OpenAsync(context.Settings, progress, context.Logs, context.Clock, token);
        if (await Unusable.WriteAsync(worker.Catalogue, [dataset], context.Error) > 0)
        {
            return ExitCodes.CatalogueProblems;
        }

        // Refused before there is a run.
        _ = cause.Backfill!.Windows(worker.Catalogue.Catalog.Find(dataset)!);
        progress.Expect(1);
        var outcomes = await worker.RunAllAsync([dataset], cause, token);
        progress.Finish();
        return token.IsCancellationRequested ? ExitCodes.Interrupted : outcomes.All(o => o.IsGood) ? ExitCodes.Good : ExitCodes.SomeFailed;
    }

    private static Option<string> Day(string name, string description)
    {
        var option = new Option<string>(name) { Description = description, Required = true };
        option.Validators.Add(result =>
        {
            if (Parse(result.GetValueOrDefault<string>()) is null)
            {
                result.AddError($"{name} is a day, for example 2024-01-01.");
            }
        });
        return option;
    }

    private static DateOnly? Parse(string? text)
        => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999 ? day : null;
}
