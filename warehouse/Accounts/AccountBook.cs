using System.Data.Common;
using Dapper;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Audit;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Accounts;

/// <summary>
/// Who may sign in, in the state database. Passwords come here as hashes only; of links and sessions the hash is stored. Every change is written to
/// the audit log in the same transaction. Fails with <see cref="LedgerErrors.Unavailable"/> and <see cref="LedgerErrors.FromTheFuture"/>.
/// </summary>
public sealed partial class AccountBook : IAsyncDisposable
{
    private readonly LedgerDatabase _database;
    private readonly TimeProvider _clock;

    private AccountBook(LedgerDatabase database, LedgerOptions options, TimeProvider clock)
    {
        _database = database;
        _clock = clock;
        Audit = new AuditLog(database, options, clock);
    }

    /// <summary>The audit log of the same database.</summary>
    public AuditLog Audit { get; }

    /// <summary>Opens the state database and brings its tables up to date.</summary>
    public static async Task<AccountBook> OpenAsync(LedgerOptions options, TimeProvider clock, CancellationToken token)
        => new(await LedgerDatabase.OpenAsync(options, token), options, clock);

    /// <summary>Every account, by name.</summary>
    public async Task<IReadOnlyList<Account>> ListAsync(CancellationToken token)
        => await _database.UseAsync(
            async connection => (await connection.QueryAsync<AccountRow>(new CommandDefinition($"{AccountRow.Select} order by a.name_key", cancellationToken: token)))
                .Select(r => r.ToAccount()).ToList(),
            token);

    /// <summary>True when there is an account, whatever its state.</summary>
    public Task<bool> AnyAsync(CancellationToken token)
        => _database.UseAsync(
            connection => connection.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select 1 from accounts)", cancellationToken: token)), token);

    /// <summary>Closes the database.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private string Now => LedgerTime.ToText(_clock.GetUtcNow());

    private static async Task<AccountRow> RequireAsync(DbConnection connection, DbTransaction transaction, string name, CancellationToken token)
        => await FindAsync(connection, transaction, AccountName.KeyOf(name) ?? "", token) ?? throw new OpenDataException(
            AccountErrors.UnknownAccount, new LocalText("Không có tài khoản mang tên này.", "No account has this name."));

    private static Task<AccountRow?> FindAsync(DbConnection connection, DbTransaction? transaction, string key, CancellationToken token)
        => connection.QueryFirstOrDefaultAsync<AccountRow>(new CommandDefinition(
            $"{AccountRow.Select} where a.name_key = @Key", new { Key = key }, transaction, cancellationToken: token));

    private static Task<int> DoAsync(DbConnection connection, DbTransaction transaction, string sql, object values, CancellationToken token)
        => connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: token));
}
