namespace OpenData.Warehouse.Ledger;

/// <content>Schedules that operators stop for a while.</content>
public sealed partial class RunLedger
{
    /// <summary>Pauses the schedule of a dataset; the audit log says so. False when it is paused already.</summary>
    public Task<bool> PauseAsync(Pause pause, CancellationToken token)
        => DecideAsync(
            """
            insert into pauses (dataset, paused_by, reason, paused_at) values (@Dataset, @PausedBy, @Reason, @PausedAt)
            on conflict (dataset) do nothing
            """,
            new { pause.Dataset, pause.PausedBy, pause.Reason, PausedAt = LedgerTime.ToText(pause.PausedAt) },
            new AuditLine(pause.PausedBy, "pause", pause.Dataset, pause.Reason),
            token);

    /// <summary>Ends a pause; the audit log says who did. False when there was none.</summary>
    public Task<bool> ResumeAsync(string dataset, string actor, CancellationToken token)
        => DecideAsync("delete from pauses where dataset = @Dataset", new { Dataset = dataset }, new AuditLine(actor, "resume", dataset, ""), token);

    /// <summary>The paused schedules, by dataset.</summary>
    public async Task<IReadOnlyList<Pause>> PausesAsync(CancellationToken token)
    {
        var rows = await QueryAsync<PauseRow>(
            "select dataset as Dataset, paused_by as PausedBy, reason as Reason, paused_at as PausedAt from pauses order by dataset", new { }, token);
        return [.. rows.Select(r => new Pause(r.Dataset, r.PausedBy, r.Reason, LedgerTime.FromText(r.PausedAt)))];
    }

    private sealed class PauseRow
    {
        public string Dataset { get; set; } = "";

        public string PausedBy { get; set; } = "";

        public string Reason { get; set; } = "";

        public string PausedAt { get; set; } = "";
    }
}
