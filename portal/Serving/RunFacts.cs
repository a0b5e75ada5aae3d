using OpenData.Catalogs;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

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

    /// <summary>Why an operator pinned a version, by dataset and version.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Pins { get; init; }
        = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);

    /// <summary>Newest run that has ended, by dataset.</summary>
    public IReadOnlyDictionary<string, RunRecord> Ended { get; init; } = new Dictionary<string, RunRecord>(StringComparer.Ordinal);

    /// <summary>Since when schedules are paused, by dataset.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Paused { get; init; } = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>The working days that terms are counted in.</summary>
    public WorkingCalendar WorkingDays { get; init; } = WorkingCalendar.Empty;

    /// <summary>What is known of the dataset's runs.</summary>
    public FreshnessFacts Of(string dataset) => new(Confirmed.GetValueOrDefault(dataset), Latest.GetValueOrDefault(dataset), NextSlot(dataset))
    {
        Ended = Ended.GetValueOrDefault(dataset),
        PausedAt = PausedAt(dataset),
        WorkingDays = WorkingDays,
    };

    /// <summary>Whether the dataset is as new as its contract promises; without a ledger the manifest alone is asked.</summary>
    public FreshnessVerdict FreshnessOf(ServedDataset dataset, DateTimeOffset now)
    {
        var policy = dataset.Contract.Refresh;
        if (Confirmed.ContainsKey(dataset.Id))
        {
            return Freshness.Of(policy, Of(dataset.Id), now);
        }

        var term = policy.LateFrom(dataset.Manifest.StartedAt, WorkingDays);
        return term is not null && now > term.At
            ? new FreshnessVerdict(FreshnessState.Late, FreshnessCause.NotStarted, term.At) { Certainty = term.Certainty }
            : new FreshnessVerdict(FreshnessState.OnTime, null, term?.At) { Certainty = term?.Certainty ?? CalendarCertainty.Official };
    }

    /// <summary>Versions of a dataset with how long they stay, in the order given.</summary>
    /// <param name="dataset">The dataset as it is served now.</param>
    /// <param name="versions">All its versions, newest first, collected ones included.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<ListedVersion> Listed(ServedDataset dataset, IReadOnlyList<Snapshot> versions, DateTimeOffset now)
    {
        var plan = Retention.Plan(
            RetainedVersion.Of(versions),
            dataset.Contract.Keep,
            Pins.GetValueOrDefault(dataset.Id) ?? new Dictionary<string, string>(StringComparer.Ordinal),
            TimeZoneInfo.FindSystemTimeZoneById(dataset.Contract.TimeZone),
            now);
        var stays = plan.ToDictionary(s => s.Version, StringComparer.Ordinal);
        return [.. versions.Select(v => new ListedVersion(v, stays.GetValueOrDefault(v.Version)))];
    }

    /// <summary>Since when its schedule is paused; null while it goes on.</summary>
    public DateTimeOffset? PausedAt(string dataset) => Paused.TryGetValue(dataset, out var since) ? since : null;

    /// <summary>When the dataset is read next; null when nobody has said, or its schedule is paused.</summary>
    public DateTimeOffset? NextSlot(string dataset) => PausedAt(dataset) is null && NextSlots.TryGetValue(dataset, out var next) ? next : null;
}
