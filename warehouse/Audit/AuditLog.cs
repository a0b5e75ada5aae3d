using System.Data.Common;
using Dapper;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Audit;

/// <summary>
/// Who did what, for ever: lines in the state database that are only added, each chained to the one before it by its hash, and the same lines in
/// <c>state/audit.log</c>. Durable when the task ends.
/// </summary>
public sealed class AuditLog
{
    private const int ActorLettersMax = 100;
    private const int ActionLettersMax = 60;
    private const int SubjectLettersMax = 300;
    private const int DetailLettersMax = 2_000;
    private const int PageLines = 1_000;

    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    private const string Columns =
        "select number as Number, at as At, actor as Actor, action as Action, subject as Subject, detail as Detail, hash as Hash from audit_log";

    private readonly LedgerDatabase _database;
    private readonly AuditFile _file;
    private readonly TimeProvider _clock;

    internal AuditLog(LedgerDatabase database, LedgerOptions options, TimeProvider clock)
    {
        _database = database;
        _file = new AuditFile(options.AuditFile);
        _clock = clock;
    }

    /// <summary>Adds a line. Texts are kept on one line and cut at 100, 60, 300 and 2,000 letters.</summary>
    /// <param name="actor">Who: name of an account, or <c>cli:user</c>.</param>
    /// <param name="action">What, for example <c>pin</c>.</param>
    /// <param name="subject">To what.</param>
    /// <param name="detail">More about it, or empty. Never a secret.</param>
    /// <param name="token">Ends the wait.</param>
    public Task AppendAsync(string actor, string action, string subject, string detail, CancellationToken token)
        => RecordAsync(
            async (connection, transaction) =>
            {
                await AddAsync(connection, transaction, actor, action, subject, detail, token);
                return true;
            },
            token);

    /// <summary>The latest lines, newest first.</summary>
    /// <param name="filter">Which lines.</param>
    /// <param name="token">Ends the wait.</param>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(AuditFilter filter, CancellationToken token)
        => !_database.Exists ? [] : await _database.UseAsync(
            async connection => Entries(await connection.QueryAsync<Row>(new CommandDefinition(
                $"""
                {Columns} where actor = coalesce(@Actor, actor) and action = coalesce(@Action, action) and number < @Before
                order by number desc limit @Limit
                """,
                new { filter.Actor, filter.Action, Before = filter.Before ?? long.MaxValue, filter.Limit },
                cancellationToken: token))),
            token);

    /// <summary>Reads the whole log and the file beside it and says what is wrong. Others may add lines meanwhile.</summary>
    public async Task<AuditReport> VerifyAsync(CancellationToken token)
    {
        var report = await CheckAsync(token);
        if (report.Findings.All(f => f.Fault is AuditFault.Altered or AuditFault.Missing))
        {
            return report;
        }

        // A line is in the table a moment before it is in the file, and both grow while they are read.
        await Task.Delay(Settling, token);
        return await CheckAsync(token);
    }

    private async Task<AuditReport> CheckAsync(CancellationToken token)
    {
        var chain = new AuditChain();
        using var lines = _file.Lines().GetEnumerator();
        if (_database.Exists)
        {
            var last = 0L;
            for (var page = await AfterAsync(last, token); page.Count > 0; page = await AfterAsync(last, token))
            {
                foreach (var entry in page)
                {
                    chain.Next(entry, lines.MoveNext() ? lines.Current : null);
                }

                last = page[^1].Number;
            }
        }

        return chain.End(lines.MoveNext() ? lines.Current : null);
    }

    /// <summary>Adds the lines to the file that a killed process could not add.</summary>
    public Task CatchUpAsync(CancellationToken token) => _file.CatchUpAsync(AfterAsync, token);

    /// <summary>
    /// Runs a change and the lines that tell of it in one transaction, one such change at a time over all processes, then brings the file up to
    /// the table.
    /// </summary>
    internal async Task<T> RecordAsync<T>(Func<DbConnection, DbTransaction, Task<T>> change, CancellationToken token)
    {
        var result = await _database.WriteAsync(
            async (connection, transaction) =>
            {
                await _database.SerializeAsync(connection, transaction, token);
                return await change(connection, transaction);
            },
            token);
        await CatchUpAsync(token);
        return result;
    }

    /// <summary>Adds a line within <see cref="RecordAsync"/>.</summary>
    internal async Task AddAsync(
        DbConnection connection, DbTransaction transaction, string actor, string action, string subject, string detail, CancellationToken token)
    {
        var last = await connection.QueryFirstOrDefaultAsync<Row>(new CommandDefinition(
            $"{Columns} order by number desc limit 1", transaction: transaction, cancellationToken: token));
        var entry = new AuditEntry(
            (last?.Number ?? 0) + 1,
            LedgerTime.FromText(LedgerTime.ToText(_clock.GetUtcNow())),
            AuditText.Clean(actor, ActorLettersMax),
            AuditText.Clean(action, ActionLettersMax),
            AuditText.Clean(subject, SubjectLettersMax),
            AuditText.Clean(detail, DetailLettersMax),
            "");
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into audit_log (number, at, actor, action, subject, detail, hash)
            values (@Number, @At, @Actor, @Action, @Subject, @Detail, @Hash)
            """,
            new
            {
                entry.Number,
                At = LedgerTime.ToText(entry.At),
                entry.Actor,
                entry.Action,
                entry.Subject,
                entry.Detail,
                Hash = AuditText.HashAfter(last?.Hash ?? AuditText.Origin, entry),
            },
            transaction,
            cancellationToken: token));
    }

    private Task<IReadOnlyList<AuditEntry>> AfterAsync(long number, CancellationToken token)
        => _database.UseAsync(
            async connection => Entries(await connection.QueryAsync<Row>(new CommandDefinition(
                $"{Columns} where number > @Number order by number limit @Limit", new { Number = number, Limit = PageLines }, cancellationToken: token))),
            token);

    private static IReadOnlyList<AuditEntry> Entries(IEnumerable<Row> rows)
        => [.. rows.Select(r => new AuditEntry(r.Number, LedgerTime.FromText(r.At), r.Actor, r.Action, r.Subject, r.Detail, r.Hash))];

    private sealed class Row
    {
        public long Number { get; set; }

        public string At { get; set; } = "";

        public string Actor { get; set; } = "";

        public string Action { get; set; } = "";

        public string Subject { get; set; } = "";

        public string Detail { get; set; } = "";

        public string Hash { get; set; } = "";
    }
}
