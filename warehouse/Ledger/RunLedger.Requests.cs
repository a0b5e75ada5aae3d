using System.Data.Common;
using Dapper;

namespace OpenData.Warehouse.Ledger;

/// <content>Runs that people ask for.</content>
public sealed partial class RunLedger
{
    /// <summary>Asks for a run; a second wish for the same dataset joins the first. The audit log says who asked.</summary>
    public async Task AskAsync(string dataset, string actor, bool full, CancellationToken token)
    {
        await Audit.RecordAsync(
            async (connection, transaction) =>
            {
                await AskAsync(connection, transaction, dataset, actor, full, _clock.GetUtcNow(), token);
                await Audit.AddAsync(connection, transaction, actor, "run.ask", dataset, full ? "full" : "", token);
                return true;
            },
            token);
    }

    /// <summary>Asks for runs in the transaction of the change that they follow from; its audit row stands for them.</summary>
    /// <param name="connection">The connection of the change.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="datasets">Ids of the datasets.</param>
    /// <param name="actor">Who made the change.</param>
    /// <param name="at">The time.</param>
    /// <param name="notBefore">When the runs may begin; null at once.</param>
    /// <param name="token">Ends the wait.</param>
    internal static async Task AskAsync(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<string> datasets, string actor, DateTimeOffset at, DateTimeOffset? notBefore, CancellationToken token)
    {
        foreach (var dataset in datasets)
        {
            if (notBefore is { } embargo && embargo > at)
            {
                await connection.ExecuteAsync(new CommandDefinition(
                    """
                    insert into timed_run_requests (dataset, not_before, asked_by, asked_at) values (@Dataset, @NotBefore, @Actor, @At)
                    on conflict (dataset, not_before) do nothing
                    """,
                    new { Dataset = dataset, NotBefore = LedgerTime.ToText(embargo), Actor = actor, At = LedgerTime.ToText(at) },
                    transaction,
                    cancellationToken: token));
            }
            else
            {
                await AskAsync(connection, transaction, dataset, actor, full: false, at, token);
            }
        }
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
        var now = new { Now = LedgerTime.ToText(_clock.GetUtcNow()) };
        if ((await RequestsAsync(token)).Count == 0 && !(await QueryAsync<string>("select dataset from timed_run_requests where not_before <= @Now", now, token)).Any())
        {
            // Asked every few seconds: a look does not wait for the writers.
            return [];
        }

        return await _database.WriteAsync<IReadOnlyList<RunRequest>>(
            async (connection, transaction) =>
            {
                var asked = await connection.QueryAsync<RequestRow>(new CommandDefinition(
                    $"delete from run_requests returning {RequestRow.Columns}", transaction: transaction, cancellationToken: token));
                var timed = await connection.QueryAsync<RequestRow>(new CommandDefinition(
                    "delete from timed_run_requests where not_before <= @Now returning dataset as Dataset, asked_by as AskedBy, asked_at as AskedAt",
                    now,
                    transaction,
                    cancellationToken: token));
                return [.. asked.Concat(timed).Select(r => r.ToRequest()).DistinctBy(r => r.Dataset).OrderBy(r => r.AskedAt)];
            },
            token);
    }

    private static Task<int> AskAsync(
        DbConnection connection, DbTransaction transaction, string dataset, string actor, bool full, DateTimeOffset at, CancellationToken token)
        => connection.ExecuteAsync(new CommandDefinition(
            """
            insert into run_requests (dataset, asked_by, asked_at, is_full) values (@Dataset, @Actor, @At, @Full)
            on conflict (dataset) do update set
                is_full = case when excluded.is_full > run_requests.is_full then excluded.is_full else run_requests.is_full end
            """,
            new { Dataset = dataset, Actor = actor, At = LedgerTime.ToText(at), Full = full ? 1L : 0L },
            transaction,
            cancellationToken: token));

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
