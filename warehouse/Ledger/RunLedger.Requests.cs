using System.Data.Common;
using Dapper;

namespace OpenData.Warehouse.Ledger;

/// <content>Runs that people ask for. A wish waits while a run is at work, which may have read the source before it, and goes with the run that it begins.</content>
public sealed partial class RunLedger
{
    private const string IsFree = "not exists (select 1 from leases where leases.dataset = run_requests.dataset and leases.expires_at > @Now)";

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

    /// <summary>Puts a wish back that a run had taken up before it found another one at work.</summary>
    public Task PutBackAsync(RunRequest request, CancellationToken token)
        => _database.WriteAsync(
            (connection, transaction) => AskAsync(connection, transaction, request.Dataset, request.AskedBy, request.Full, request.AskedAt, token), token);

    /// <summary>What was asked for and not taken up yet, by dataset.</summary>
    public async Task<IReadOnlyDictionary<string, RunRequest>> RequestsAsync(CancellationToken token)
    {
        var rows = await QueryAsync<RequestRow>($"select {RequestRow.Columns} from run_requests", new { }, token);
        return rows.ToDictionary(r => r.Dataset, r => r.ToRequest(), StringComparer.Ordinal);
    }

    /// <summary>
    /// The wishes that can be taken up now, oldest first: their time has come and no run is at work on their dataset. They stay until a run
    /// begins for them (<see cref="RunStart.Request"/>).
    /// </summary>
    public async Task<IReadOnlyList<RunRequest>> DueRequestsAsync(CancellationToken token)
    {
        // Asked every few seconds: a look does not wait for the writers.
        var now = new { Now = LedgerTime.ToText(_clock.GetUtcNow()) };
        if ((await QueryAsync<string>("select dataset from timed_run_requests where not_before <= @Now", now, token)).Any())
        {
            await ComeDueAsync(now, token);
        }

        var rows = await QueryAsync<RequestRow>($"select {RequestRow.Columns} from run_requests where {IsFree} order by asked_at, dataset", now, token);
        return [.. rows.Select(r => r.ToRequest())];
    }

    private Task<bool> ComeDueAsync(object now, CancellationToken token)
        => _database.WriteAsync(
            async (connection, transaction) =>
            {
                var timed = await connection.QueryAsync<RequestRow>(new CommandDefinition(
                    "delete from timed_run_requests where not_before <= @Now returning dataset as Dataset, asked_by as AskedBy, asked_at as AskedAt",
                    now,
                    transaction,
                    cancellationToken: token));
                foreach (var wish in timed.Select(r => r.ToRequest()).OrderBy(r => r.AskedAt))
                {
                    await AskAsync(connection, transaction, wish.Dataset, wish.AskedBy, full: false, wish.AskedAt, token);
                }

                return true;
            },
            token);

    /// <summary>The wish that a run takes up, in the transaction that begins it. False when another run took it up, somebody wished for more, or a run is at work.</summary>
    private static async Task<bool> TakeRequestAsync(DbConnection connection, DbTransaction transaction, RunRequest request, DateTimeOffset now, CancellationToken token)
        => await connection.ExecuteAsync(new CommandDefinition(
            $"delete from run_requests where dataset = @Dataset and asked_by = @AskedBy and asked_at = @AskedAt and is_full = @IsFull and {IsFree}",
            new
            {
                request.Dataset,
                request.AskedBy,
                AskedAt = LedgerTime.ToText(request.AskedAt),
                IsFull = request.Full ? 1L : 0L,
                Now = LedgerTime.ToText(now),
            },
            transaction,
            cancellationToken: token)) == 1;

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
