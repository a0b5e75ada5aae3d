using System.CommandLine;
using System.Globalization;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Commands;

/// <summary><c>runs</c>: the latest runs.</summary>
internal static class RunsCommand
{
    internal static Command Make(CommandBody body)
    {
        var dataset = new Argument<string?>("dataset") { Arity = ArgumentArity.ZeroOrOne, Description = "Only this dataset." };
        var limit = LimitOption.Make();
        var command = new Command("runs", "List the latest runs, newest first.") { dataset, limit };
        command.SetAction((parsed, token) => body(
            (context, stop) => RunAsync(context, parsed.GetValue(dataset), parsed.GetValue(limit), stop), token));
        return command;
    }

    /// <summary>One line about a run.</summary>
    internal static string Line(RunRecord run)
    {
        var started = run.StartedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var end = run.Version ?? (run.CauseCode is null ? "" : $"{run.CauseCode} {run.Cause?.En}");
        return $"{run.Id}  {started}  {OutcomeText.Verb(run.Status),-11}  {run.Dataset}  {end}".TrimEnd();
    }

    private static async Task<int> RunAsync(CommandContext context, string? dataset, int limit, CancellationToken token)
    {
        await using var ledger = RunLedger.ForReading(context.Settings.Ledger, context.Clock);
        foreach (var run in await ledger.ListAsync(dataset, null, limit, token))
        {
            await context.Output.WriteLineAsync(Line(run));
        }

        return ExitCodes.Good;
    }
}
