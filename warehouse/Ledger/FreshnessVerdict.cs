using OpenData.Catalogs;

namespace OpenData.Warehouse.Ledger;

/// <summary>The judgement.</summary>
/// <param name="State">On time, due or late.</param>
/// <param name="Cause">Why not on time; null when on time.</param>
/// <param name="LateFrom">When it becomes or became late; null when the contract promises no time.</param>
public sealed record FreshnessVerdict(FreshnessState State, FreshnessCause? Cause, DateTimeOffset? LateFrom)
{
    /// <summary>How well the working days behind <see cref="LateFrom"/> are known.</summary>
    public CalendarCertainty Certainty { get; init; }
}
