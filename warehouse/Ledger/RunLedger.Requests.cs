using Dapper;

namespace OpenData.Warehouse.Ledger;

/// <content>Runs that people ask for.</content>
public sealed partial class RunLedger
{
    /// <summary>Asks for a run; a second wish for the same dataset joins the first. The audit log says who asked.</summary>
    public async Task AskAsync(string dataset, string actor, bool full, CancellationToken token)
    {
        var at = _clock.GetUtcNow();
        await Audit.RecordAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(new CommandDefinition(
                    """
                    insert into run_requests (dataset, asked_by, asked_at, is_full) values (@Dataset, @Actor, @At, @Full)
                    on conflict (dataset) do update set
                        is_full = case when excluded.is_full > run_requests.is_full then excluded.is_full else run_requests.is_full end
                    """,
                    new { Dataset = dataset, Actor = actor, At = LedgerTime.ToText(at), Full = full ? 1L : 0L },
                    transaction,
                    cancellationToken: token));
                await Audit.AddAsync(connection, transaction, actor, "run.ask", dataset, full ? "full" : "", token);
                return true;
            },
            token);
    }

    /// <summary>What was asked for and not taken up yet, by dataset.</summary>
    public async Task<IReadOnlyDictionary<string, RunRequest>> RequestsAsync(CancellationToken token)
    {
        var rows = await QueryAsync<RequestRow>($"select {RequestRow.Columns} from run_requests", new { }, token);
        return rows.ToDictionary(r => r.Dataset, r => r.ToRequest(), StringComparer.Ordinal);
    }

    /// <summary>Takes up what was asked for: each wish is given to one worker, once.</summary>
    public async Task<IReadOnlyList<RunRequest>> TakeRequestsAsync(CancellationToken token)
    {
        if ((await RequestsAsync(token)).Count == 0)
        {
            // Asked every few seconds: a look does not wait for the writers.
            return [];
        }

        return await _database.WriteAsync<IReadOnlyList<RunRequest>>(
            async (connection, transaction) =>
            [
                .. (await connection.QueryAsync<RequestRow>(new CommandDefinition(
                    $"delete from run_requests returning {RequestRow.Columns}", transaction: transaction, cancellationToken: token)))
                    .Select(r => r.ToRequest())
                    .OrderBy(r => r.AskedAt),
            ],
            token);
    }

    private sealed class RequestRow
    {
        internal const string Columns = "dataset as Dataset, asked_by as AskedBy, asked_at as AskedAt, is_full as IsFull";

        public string Dataset { get; set; } = "";

        public string AskedBy { get; set; } = "";

        public string AskedAt { get; set; } = "";

        public long IsFull { get; set; }

        internal RunRequest ToRequest() => new(Dataset, AskedBy, LedgerTime.FromText(AskedAt), IsFull != 0);
    }
}
