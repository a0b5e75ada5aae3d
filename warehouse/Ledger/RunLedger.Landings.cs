using System.Data.Common;
using Dapper;

namespace OpenData.Warehouse.Ledger;

/// <content>Which run landed which bytes, so that landing can be cleared and a version be traced to its source.</content>
public sealed partial class RunLedger
{
    /// <summary>Records files that a run has landed, in order, after those it has.</summary>
    public Task AddLandingsAsync(string runId, IReadOnlyList<LandingRecord> landed, CancellationToken token)
        => _database.WriteAsync((connection, transaction) => AddLandingsAsync(connection, transaction, runId, landed, token), token);

    /// <summary>Records that the file of that hash is gone.</summary>
    public Task MarkLandingRemovedAsync(string sha256, CancellationToken token)
        => ExecuteAsync(
            "update landings set removed_at = @At where sha256 = @Sha256 and removed_at is null",
            new { Sha256 = sha256, At = LedgerTime.ToText(_clock.GetUtcNow()) },
            token);

    /// <summary>The landed files that are still there.</summary>
    public Task<IReadOnlyList<LandingRecord>> LandingsAsync(CancellationToken token) => LandingsAsync("removed_at is null", null, token);

    /// <summary>The files that a run landed, in order, removed ones included.</summary>
    public Task<IReadOnlyList<LandingRecord>> LandingsAsync(string runId, CancellationToken token) => LandingsAsync("run_id = @RunId", runId, token);

    /// <summary>The number of the first of them.</summary>
    private static async Task<long> AddLandingsAsync(
        DbConnection connection, DbTransaction transaction, string runId, IReadOnlyList<LandingRecord> landed, CancellationToken token)
    {
        var first = 1 + await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from landings where run_id = @RunId", new { RunId = runId }, transaction, cancellationToken: token));
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into landings (run_id, ordinal, dataset, sha256, bytes, origin, fetched_at, is_cleaned)
            values (@RunId, @Ordinal, @Dataset, @Sha256, @Bytes, @Origin, @FetchedAt, @IsCleaned)
            """,
            landed.Select((l, i) => new
            {
                RunId = runId,
                Ordinal = first + i,
                l.Dataset,
                l.Sha256,
                l.Bytes,
                l.Origin,
                FetchedAt = LedgerTime.ToText(l.FetchedAt),
                IsCleaned = l.IsCleaned ? 1L : 0L,
            }),
            transaction,
            cancellationToken: token));
        return first;
    }

    /// <summary>The files of the last run that asked the source of a dataset and landed something; replays ask no source.</summary>
    public async Task<IReadOnlyList<LandingRecord>> LatestLandingsAsync(string dataset, CancellationToken token)
    {
        var last = await QueryAsync<string?>(
            """
            select max(l.run_id) from landings l
            where l.dataset = @Dataset and not exists (select 1 from runs r where r.id = l.run_id and r.triggered_by = 'replay')
            """,
            new { Dataset = dataset },
            token);
        return last is [{ } run] ? await LandingsAsync(run, token) : [];
    }

    private async Task<IReadOnlyList<LandingRecord>> LandingsAsync(string condition, string? runId, CancellationToken token)
    {
        var rows = await QueryAsync<LandingRow>(
            $"""
            select run_id as RunId, dataset as Dataset, sha256 as Sha256, bytes as Bytes, origin as Origin, fetched_at as FetchedAt,
                is_cleaned as IsCleaned, removed_at as RemovedAt
            from landings where {condition} order by run_id, ordinal
            """,
            new { RunId = runId },
            token);
        return [.. rows.Select(r => new LandingRecord(
            r.RunId, r.Dataset, r.Sha256, r.Bytes, r.Origin, LedgerTime.FromText(r.FetchedAt), r.IsCleaned == 1)
            {
                RemovedAt = LedgerTime.FromTextOrNull(r.RemovedAt),
            })];
    }

    private sealed class LandingRow
    {
        public string RunId { get; set; } = "";

        public string Dataset { get; set; } = "";

        public string Sha256 { get; set; } = "";

        public long Bytes { get; set; }

        public string Origin { get; set; } = "";

        public string FetchedAt { get; set; } = "";

        public long IsCleaned { get; set; }

        public string? RemovedAt { get; set; }
    }
}
