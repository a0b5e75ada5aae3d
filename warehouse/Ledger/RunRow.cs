using OpenData.Catalogs;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Ledger;

/// <summary>A row of the table <c>runs</c> as Dapper fills it.</summary>
internal sealed class RunRow
{
    internal const string Columns = """
        id as Id, dataset as Dataset, triggered_by as TriggeredBy, status as Status, started_at as StartedAt, finished_at as FinishedAt,
        version as Version, row_count as RowCount, received as Received, inserted as Inserted, updated as Updated, unchanged as Unchanged,
        deleted as Deleted, superseded as Superseded, duplicates as Duplicates, quarantined as Quarantined, removed as Removed,
        cause_code as CauseCode, cause_vi as CauseVi, cause_en as CauseEn,
        host as Host, process_id as ProcessId, process_started as ProcessStarted
        """;

    public string Id { get; set; } = "";

    public string Dataset { get; set; } = "";

    public string TriggeredBy { get; set; } = "";

    public string Status { get; set; } = "";

    public string StartedAt { get; set; } = "";

    public string? FinishedAt { get; set; }

    public string? Version { get; set; }

    public long? RowCount { get; set; }

    public long? Received { get; set; }

    public long? Inserted { get; set; }

    public long? Updated { get; set; }

    public long? Unchanged { get; set; }

    public long? Deleted { get; set; }

    public long? Superseded { get; set; }

    public long? Duplicates { get; set; }

    public long? Quarantined { get; set; }

    public long? Removed { get; set; }

    public string? CauseCode { get; set; }

    public string? CauseVi { get; set; }

    public string? CauseEn { get; set; }

    public string Host { get; set; } = "";

    public long ProcessId { get; set; }

    public string ProcessStarted { get; set; } = "";

    internal RunRecord ToRecord() => new(
        Id,
        Dataset,
        TriggeredBy,
        Enum.Parse<RunStatus>(Status, ignoreCase: true),
        LedgerTime.FromText(StartedAt),
        LedgerTime.FromTextOrNull(FinishedAt),
        Version,
        RowCount,
        Counts(),
        CauseCode,
        CauseVi is { } vi && CauseEn is { } en ? new LocalText(vi, en) : null,
        new WorkerIdentity(Host, ProcessId, ProcessStarted));

    private RunCounts? Counts() => Received is { } received
        ? new RunCounts(
            received, Inserted ?? 0, Updated ?? 0, Unchanged ?? 0, Deleted ?? 0, Superseded ?? 0, Duplicates ?? 0, Quarantined ?? 0, Removed ?? 0)
        : null;
}
