using System.Globalization;
using OpenData.Ingest.Runs;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Commands;

/// <summary>Outcomes as plain lines.</summary>
internal static class OutcomeText
{
    /// <summary>One line about a run: version or cause, then what became of every record.</summary>
    internal static string Line(RunOutcome outcome)
    {
        var seconds = outcome.Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        if (outcome.Status == RunStatus.Waiting)
        {
            return $"{outcome.Dataset}: waiting for approval as {outcome.RunId}, {Number(outcome.Rows)} rows; {Counts(outcome)}; {seconds} s";
        }

        return outcome.IsGood
            ? $"{outcome.Dataset}: {Verb(outcome.Status)} {outcome.Version}, {Number(outcome.Rows)} rows; {Counts(outcome)}; {seconds} s"
            : $"{outcome.Dataset}: {Verb(outcome.Status)} by {outcome.CauseCode}: {outcome.Cause?.En} ({seconds} s)";
    }

    /// <summary>The last line: how many ended how.</summary>
    internal static string Summary(IReadOnlyList<RunOutcome> outcomes)
    {
        var parts = outcomes.GroupBy(o => o.Status).OrderBy(g => g.Key).Select(g => $"{Number(g.Count())} {Verb(g.Key)}");
        var quarantined = outcomes.Sum(o => o.Counts?.Quarantined ?? 0);
        return $"{Number(outcomes.Count)} datasets: {string.Join(", ", parts)}; {Number(quarantined)} records quarantined.";
    }

    /// <summary>Refused records by rule, for example <c>matches[case_id] 3</c>.</summary>
    internal static string Rules(IReadOnlyList<QuarantineCount> quarantine)
        => string.Join(", ", quarantine.Select(q => q.Column is null ? $"{q.Rule} {Number(q.Rows)}" : $"{q.Rule}[{q.Column}] {Number(q.Rows)}"));

    /// <summary>The word for a status.</summary>
    internal static string Verb(RunStatus status) => status switch
    {
        RunStatus.Started => "started",
        RunStatus.Waiting => "waiting for approval",
        RunStatus.Succeeded => "published",
        RunStatus.Unchanged => "unchanged",
        RunStatus.Failed => "failed",
        RunStatus.Blocked => "blocked",
        _ => "interrupted",
    };

    private static string Counts(RunOutcome outcome)
    {
        if (outcome.Counts is not { } counts)
        {
            return "";
        }

        var rules = outcome.Quarantine.Count == 0 ? "" : $" ({Rules(outcome.Quarantine)})";
        return $"received {Number(counts.Received)}, duplicates {Number(counts.Duplicates + counts.Superseded)}, "
            + $"quarantined {Number(counts.Quarantined)}{rules}";
    }

    private static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "?";
}
