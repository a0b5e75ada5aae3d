using OpenData.Catalogs;
using OpenData.Portal.Pages;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Admin;

/// <summary>A version that waits, with what an approver looks at.</summary>
/// <param name="Waiting">The version.</param>
/// <param name="Contract">The dataset as the catalogue says now; null when it is not there any more.</param>
/// <param name="Held">Its manifest; null when it cannot be read.</param>
/// <param name="Current">Manifest of the published version; null when there is none.</param>
/// <param name="IsYours">True when the person asked for it, and may not decide.</param>
public sealed record ApprovalView(WaitingVersion Waiting, DatasetContract? Contract, SnapshotManifest? Held, SnapshotManifest? Current, bool IsYours)
{
    /// <summary>Refused records by rule; not even an approver is told which personal columns a record failed in.</summary>
    public IReadOnlyList<QuarantineCount> Quarantine
        => Contract is null || Held is null ? [] : DatasetFacts.PublicQuarantine(Contract, Held.Quarantine);

    /// <summary>Zone in which its times are read and shown.</summary>
    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Contract?.TimeZone ?? "Asia/Ho_Chi_Minh");
}
