using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Runs;

/// <summary>Why a run begins.</summary>
/// <param name="Trigger">What asked for it: <c>schedule</c>, <c>command</c>, <c>parent</c>, <c>first_start</c>, <c>reconcile</c>, <c>backfill</c>, <c>request</c>, <c>replay</c>.</param>
/// <param name="Reason">What the public is told about the version that comes of it, as the operator wrote it; null when nothing is.</param>
/// <param name="Full">True for a full reconcile: everything is read, whatever was read before, and what the source no longer has goes.</param>
public sealed record RunCause(string Trigger, string? Reason = null, bool Full = false)
{
    /// <summary>Trigger of runs that ask no source.</summary>
    internal const string Replay = "replay";

    /// <summary>The slot that the run takes up; null when no clock asked for it.</summary>
    public SlotTime? Slot { get; init; }

    /// <summary>The wish that the run takes up; null when nobody asked for it through the ledger.</summary>
    public RunRequest? Request { get; private init; }

    /// <summary>The person who asked for it, as the audit log names them; null when no person did. Whoever asks may not approve what comes of it.</summary>
    public string? By { get; init; }

    /// <summary>The range that the run reads window by window; null reads what there is to read.</summary>
    public BackfillPlan? Backfill { get; init; }

    /// <summary>The earlier run whose landed bytes are read instead of the source; null when the source is asked.</summary>
    public string? Replayed { get; private init; }

    /// <summary>Somebody asked for it in the administration, or a published round did.</summary>
    public static RunCause OfRequest(RunRequest request) => new("request", Full: request.Full) { By = request.AskedBy, Request = request };

    /// <summary>Reads the landed bytes of an earlier run again under the contract of today. The version says so to the public.</summary>
    public static RunCause ReplayOf(string run) => new(
        Replay, $"Đọc lại dữ liệu gốc của lượt chạy {run} theo hợp đồng hiện nay. / The source bytes of run {run}, read again under the contract of today.")
    {
        Replayed = run,
    };
}
