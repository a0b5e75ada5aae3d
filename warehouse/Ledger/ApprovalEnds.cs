using OpenData.Catalogs;
using OpenData.Warehouse.Approvals;

namespace OpenData.Warehouse.Ledger;

/// <summary>Pure: how a run stands, or ends, whose version needed an approval. The sentences are fit for the public.</summary>
public static class ApprovalEnds
{
    /// <summary>The version waits, or has been approved and waits for its time.</summary>
    public static RunEnd Waiting { get; } = new(RunStatus.Waiting)
    {
        CauseCode = ApprovalErrors.Waiting.Code,
        Cause = new LocalText("Bản mới đã xong và đang chờ được duyệt.", "The new version is complete and waits for its approval."),
    };

    /// <summary>The end of a run whose version did not go out.</summary>
    public static RunEnd Of(WaitingState state) => state switch
    {
        WaitingState.Rejected => new RunEnd(RunStatus.Failed)
        {
            CauseCode = ApprovalErrors.Rejected.Code,
            Cause = new LocalText("Người phê duyệt không duyệt phiên bản này.", "An approver turned this version down."),
        },
        WaitingState.Damaged => new RunEnd(RunStatus.Failed)
        {
            CauseCode = ApprovalErrors.Damaged.Code,
            Cause = new LocalText("Tệp của phiên bản bị hỏng trước khi công bố.", "A file of the version was damaged before it was published."),
        },
        _ => new RunEnd(RunStatus.Blocked)
        {
            CauseCode = ApprovalErrors.Superseded.Code,
            Cause = new LocalText("Trước khi được công bố, phiên bản này đã được thay bằng phiên bản mới hơn.", "Before it was published, a newer version took its place."),
        },
    };
}
