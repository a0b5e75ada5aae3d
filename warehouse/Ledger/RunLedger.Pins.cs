using Dapper;

namespace OpenData.Warehouse.Ledger;

/// <content>
/// Which versions are pinned and which are collected: one row a version, so that of an operator who pins and a worker who collects at the
/// same moment exactly one wins.
/// </content>
public sealed partial class RunLedger
{
    /// <summary>Pins a version, or gives its pin a new reason; the audit log says so. False when a worker is collecting it or has done so.</summary>
    public Task<bool> PinAsync(Pin pin, CancellationToken token)
        => DecideAsync(
            """
            insert into version_fates (dataset, version, fate, decided_by, reason, decided_at)
            values (@Dataset, @Version, 'pinned', @PinnedBy, @Reason, @PinnedAt)
            on conflict (dataset, version) do update set decided_by = excluded.decided_by, reason = excluded.reason, decided_at = excluded.decided_at
            where version_fates.fate = 'pinned'
            """,
            new { pin.Dataset, pin.Version, pin.PinnedBy, pin.Reason, PinnedAt = LedgerTime.ToText(pin.PinnedAt) },
            new AuditLine(pin.PinnedBy, "pin", $"{pin.Dataset} {pin.Version}", pin.Reason),
            token);

    /// <summary>Takes a pin away; the audit log says who did. False when there was none.</summary>
    public Task<bool> UnpinAsync(string dataset, string version, string actor, CancellationToken token)
        => DecideAsync(
            "delete from version_fates where dataset = @Dataset and version = @Version and fate = 'pinned'",
            new { Dataset = dataset, Version = version },
            new AuditLine(actor, "unpin", $"{dataset} {version}", ""),
            token);

    /// <summary>A person's change of one row, and the line of the audit log that tells of it, in one transaction; without the change no line.</summary>
    private Task<bool> DecideAsync(string sql, object values, AuditLine line, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var changed = await connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: token)) == 1;
                if (changed)
                {
                    await Audit.AddAsync(connection, transaction, line.Actor, line.Action, line.Subject, line.Detail, token);
                }

                return changed;
            },
            token);

    /// <summary>The pins, by dataset and version.</summary>
    /// <param name="dataset">Only this dataset; null means all.</param>
    /// <param name="token">Ends the wait.</param>
    public async Task<IReadOnlyList<Pin>> PinsAsync(string? dataset, CancellationToken token)
    {
        var rows = await QueryAsync<PinRow>(
            """
            select dataset as Dataset, version as Version, decided_by as DecidedBy, reason as Reason, decided_at as DecidedAt
            from version_fates where fate = 'pinned' and dataset = coalesce(@Dataset, dataset) order by dataset, version
            """,
            new { Dataset = dataset },
            token);
        return [.. rows.Select(r => new Pin(r.Dataset, r.Version, r.DecidedBy, r.Reason, LedgerTime.FromText(r.DecidedAt)))];
    }

    /// <summary>Asks for the right to collect a version: false when it is pinned. After a yes it cannot be pinned any more.</summary>
    public Task<bool> ClaimForCollectionAsync(string dataset, string version, CancellationToken token)
        => _database.WriteAsync(
            async (connection, transaction) =>
            {
                var values = new { Dataset = dataset, Version = version, By = WorkerIdentity.Current.Host, At = LedgerTime.ToText(_clock.GetUtcNow()) };
                await connection.ExecuteAsync(new CommandDefinition(
                    """
                    insert into version_fates (dataset, version, fate, decided_by, reason, decided_at)
                    values (@Dataset, @Version, 'collected', @By, 'keep', @At) on conflict (dataset, version) do nothing
                    """,
                    values,
                    transaction,
                    cancellationToken: token));
                var fate = await connection.ExecuteScalarAsync<string>(new CommandDefinition(
                    "select fate from version_fates where dataset = @Dataset and version = @Version", values, transaction, cancellationToken: token));
                return fate == "collected";
            },
            token);

    private sealed class PinRow
    {
        public string Dataset { get; set; } = "";

        public string Version { get; set; } = "";

        public string DecidedBy { get; set; } = "";

        public string Reason { get; set; } = "";

        public string DecidedAt { get; set; } = "";
    }

    private sealed record AuditLine(string Actor, string Action, string Subject, string Detail);
}
