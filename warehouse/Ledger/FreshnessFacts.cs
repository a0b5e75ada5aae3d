using OpenData.Catalogs;

namespace OpenData.Warehouse.Ledger;

/// <summary>What freshness is judged by.</summary>
/// <param name="Confirmed">The newest run that found the source's state published (<see cref="RunLedger.LatestConfirmedAsync"/>); null when none.</param>
/// <param name="Latest">The newest run of any status (<see cref="RunLedger.LatestAsync"/>); null when none.</param>
/// <param name="NextSlot">When the scheduler last said that it reads next (<see cref="RunLedger.NextSlotsAsync"/>); null when unknown.</param>
public sealed record FreshnessFacts(RunRecord? Confirmed, RunRecord? Latest, DateTimeOffset? NextSlot)
{
    /// <summary>The newest run that has ended (<see cref="RunLedger.LatestEndedAsync"/>); while another is at work, its end is what is known.</summary>
    public RunRecord? Ended { get; init; } = Latest;

    /// <summary>Since when an operator has stopped its schedule; null while it goes on.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>The working days that terms are counted in.</summary>
    public WorkingCalendar WorkingDays { get; init; } = WorkingCalendar.Empty;
}
