using OpenData.Warehouse.Ledger;

namespace OpenData.Portal.Serving;

/// <summary>What the run ledger said last, for lateness and the calendar. Immutable.</summary>
/// <param name="Latest">Newest run by dataset.</param>
/// <param name="Confirmed">Newest run that found the source's state published, by dataset.</param>
/// <param name="NextSlots">When a dataset is read next.</param>
public sealed record RunFacts(
    IReadOnlyDictionary<string, RunRecord> Latest,
    IReadOnlyDictionary<string, RunRecord> Confirmed,
    IReadOnlyDictionary<string, DateTimeOffset> NextSlots)
{
    /// <summary>Nothing known.</summary>
    public static RunFacts None { get; } = new(
        new Dictionary<string, RunRecord>(StringComparer.Ordinal),
        new Dictionary<string, RunRecord>(StringComparer.Ordinal),
        new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal));

    /// <summary>Whether the dataset is as new as its contract promises; without a ledger the manifest alone is asked.</summary>
    public FreshnessVerdict FreshnessOf(ServedDataset dataset, DateTimeOffset now)
    {
        var policy = dataset.Contract.Refresh;
        if (Confirmed.TryGetValue(dataset.Id, out var confirmed))
        {
            return Freshness.Of(policy, new FreshnessFacts(confirmed, Latest.GetValueOrDefault(dataset.Id), NextSlot(dataset.Id)), now);
        }

        var lateFrom = dataset.Manifest.StartedAt + policy.DueWithin;
        return lateFrom is { } limit && now > limit
            ? new FreshnessVerdict(FreshnessState.Late, FreshnessCause.JobFailed, limit)
            : new FreshnessVerdict(FreshnessState.OnTime, null, lateFrom);
    }

    /// <summary>When the dataset is read next; null when nobody has said.</summary>
    public DateTimeOffset? NextSlot(string dataset) => NextSlots.TryGetValue(dataset, out var next) ? next : null;
}
