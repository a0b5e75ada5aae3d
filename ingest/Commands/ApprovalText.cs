using System.Globalization;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Commands;

/// <summary>Pure: versions that wait as plain lines.</summary>
internal static class ApprovalText
{
    /// <summary>One line.</summary>
    internal static string Line(WaitingVersion waiting)
    {
        var when = waiting is { State: WaitingState.Approved, NotBefore: { } at } ? $" for {Time(at)}" : "";
        return $"{waiting.RunId}  {waiting.Dataset}  {Time(waiting.WaitingSince)}  {State(waiting.State)}{when}";
    }

    /// <summary>Everything that an approver needs; the manifests are null where there are none.</summary>
    internal static IEnumerable<string> Lines(WaitingVersion waiting, SnapshotManifest? held, SnapshotManifest? current)
    {
        yield return Line(waiting);
        yield return "  asked for by " + (waiting.ProposedBy.Count == 0 ? "nobody: the schedule" : string.Join(", ", waiting.ProposedBy));
        if (waiting.EarliestAt is { } earliest)
        {
            yield return "  the contract publishes nothing before " + Time(earliest);
        }

        if (waiting is { DecidedBy: { } by, DecidedAt: { } at })
        {
            yield return $"  decided by {by} at {Time(at)}{(waiting.Reason is { } reason ? ": " + reason : "")}";
        }

        if (waiting.Version is { } version)
        {
            yield return "  published as " + version;
        }

        if (held is null)
        {
            yield return "  its files are not there (any more)";
            yield break;
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"  rows {held.Rows}; the current version has {current?.Rows.ToString(CultureInfo.InvariantCulture) ?? "none"}");
        var c = held.Counts;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"  received {c.Received} = inserted {c.Inserted} + updated {c.Updated} + unchanged {c.Unchanged} + deleted {c.Deleted} + superseded {c.Superseded} + duplicates {c.Duplicates} + quarantined {c.Quarantined}; removed {c.Removed}");
        if (held.Quarantine.Count > 0)
        {
            yield return "  quarantined by rule: " + OutcomeText.Rules(held.Quarantine);
        }

        foreach (var outcome in held.Expectations)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  {outcome.Name}: {outcome.Outcome}, {outcome.Failed} of {outcome.Checked}");
        }
    }

    /// <summary>UTC with seconds.</summary>
    internal static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

#pragma warning disable CA1308 // The words are lower case by definition.
    private static string State(WaitingState state) => state.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
