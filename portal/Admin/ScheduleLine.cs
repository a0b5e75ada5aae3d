using OpenData.Catalogs;
using OpenData.Warehouse.Ledger;

namespace OpenData.Portal.Admin;

/// <summary>A dataset on the page of schedules.</summary>
/// <param name="Contract">The dataset as the catalogue says now.</param>
/// <param name="Verdict">Whether it is on time.</param>
/// <param name="Latest">Its newest run; null when it never ran.</param>
/// <param name="NextSlot">When it is read next; null without a clock.</param>
/// <param name="Request">A wish that no worker has taken up yet.</param>
public sealed record ScheduleLine(DatasetContract Contract, FreshnessVerdict Verdict, RunRecord? Latest, DateTimeOffset? NextSlot, RunRequest? Request)
{
    /// <summary>Since when its schedule is paused; null while it goes on.</summary>
    public DateTimeOffset? PausedAt { get; init; }
}
