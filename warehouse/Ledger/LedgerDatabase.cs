using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Ledger;

/// <summary>Opens the state database of either kind and brings its tables up to date. All that differs between the two is here.</summary>
internal sealed class LedgerDatabase : IAsyncDisposable
{
    // Any number will do as long as nothing else in the database locks on it.
    private const long MigrationLock = 0x4F44_4C45_4447;
    private const long ChangeLock = 0x4F44_4C45_4448;

    private readonly DbDataSource _source;
    private readonly LedgerOptions _options;
    private readonly bool _postgres;
    private readonly bool _readOnly;
    private bool _isPrepared;

    private LedgerDatabase(LedgerOptions options, bool readOnly)
    {
        _options = options;
        _readOnly = readOnly;
        _postgres = !string.IsNullOrWhiteSpace(options.ConnectionString);
        _source = _postgres
            ? NpgsqlDataSource.Create(options.ConnectionString!)
            : SqliteFactory.Instance.CreateDataSource(SqliteConnectionString(options, readOnly));
    }

    /// <summary>False while a reader's SQLite file is not there yet: no worker has run.</summary>
    internal bool Exists => _postgres || File.Exists(_options.SqliteFile);

    internal static LedgerDatabase ForReading(LedgerOptions options) => new(options, readOnly: true);

    internal static Task<LedgerDatabase> OpenAsync(LedgerOptions options, CancellationToken token) => OpenAsync(options, LedgerSchema.Scripts.Count, token);

    /// <summary>Opens it with the tables of that version, or of a later one when it has them already.</summary>
    internal static async Task<LedgerDatabase> OpenAsync(LedgerOptions options, int schema, CancellationToken token)
    {
        var database = new LedgerDatabase(options, readOnly: false);
        await database.UseAsync(connection => database.MigrateAsync(connection, schema, token), token);
        return database;
    }

    /// <summary>Runs work on an open connection; failures of the database become <see cref="LedgerErrors.Unavailable"/>.</summary>
    internal async Task<T> UseAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken token)
    {
        try
        {
            if (!_postgres && !_readOnly && !_isPrepared)
            {
                PrivateFolder.Make(Path.GetDirectoryName(_options.SqliteFile)!);
                PrivateFolder.MakeFile(_options.SqliteFile);
                _isPrepared = true;
            }

            await using var connection = await _source.OpenConnectionAsync(token);
            if (!_postgres && !_readOnly)
            {
                await connection.ExecuteAsync(new CommandDefinition("PRAGMA synchronous=FULL", cancellationToken: token));
            }

            return await work(connection);
        }
        catch (Exception e) when (e is SqliteException or NpgsqlException or IOException or UnauthorizedAccessException)
        {
            throw new OpenDataException(
                LedgerErrors.Unavailable,
                new LocalText("Cơ sở dữ liệu trạng thái không trả lời.", "The state database did not answer."),
                inner: e);
        }
    }

    /// <summary>Runs work in one transaction; it is durable when this returns.</summary>
    internal Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken token)
        => UseAsync(
            async connection =>
            {
                await using var transaction = await connection.BeginTransactionAsync(token);
                var result = await work(connection, transaction);
                await transaction.CommitAsync(token);
                return result;
            },
            token);

    /// <summary>Lines of SQLite's own check of its file; none when all is well, or with PostgreSQL.</summary>
    internal async Task<IReadOnlyList<string>> DamageAsync(CancellationToken token)
        => _postgres || !Exists
            ? []
            : await UseAsync(
                async connection => (IReadOnlyList<string>)[
                    .. (await connection.QueryAsync<string>(new CommandDefinition("PRAGMA integrity_check(20)", cancellationToken: token)))
                        .Where(line => line != "ok"),
                ],
                token);

    /// <summary>Lets one change at a time go on until its transaction ends. SQLite has one writer anyway.</summary>
    internal Task SerializeAsync(DbConnection connection, DbTransaction transaction, CancellationToken token)
        => _postgres
            ? connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(@Key)", new { Key = ChangeLock }, transaction, cancellationToken: token))
            : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        if (!_postgres)
        {
            // Pooled connections would keep the file open after its owner is gone.
            using var connection = new SqliteConnection(SqliteConnectionString(_options, _readOnly));
            SqliteConnection.ClearPool(connection);
        }
    }

    private static string SqliteConnectionString(LedgerOptions options, bool readOnly)
        => new SqliteConnectionStringBuilder
        {
            DataSource = options.SqliteFile,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            DefaultTimeout = (int)options.BusyTimeout.TotalSeconds,
        }.ToString();

    private async Task<bool> MigrateAsync(DbConnection connection, int schema, CancellationToken token)
    {
        if (!_postgres)
        {
            await connection.ExecuteAsync(new CommandDefinition("PRAGMA journal_mode=WAL", cancellationToken: token));
        }

        await using var transaction = await connection.BeginTransactionAsync(token);
        var version = await VersionAsync(connection, transaction, token);
        if (version > LedgerSchema.Scripts.Count)
        {
            throw new OpenDataException(LedgerErrors.FromTheFuture, new LocalText(
                "Cơ sở dữ liệu trạng thái do phiên bản mới hơn ghi; hãy chạy phiên bản đó.",
                "A newer program wrote the state database; run that program."));
        }

        for (var next = version; next < schema; next++)
        {
            await connection.ExecuteAsync(new CommandDefinition(LedgerSchema.Scripts[next], transaction: transaction, cancellationToken: token));
        }

        if (version < schema)
        {
            await SetVersionAsync(connection, transaction, schema, token);
        }

        await transaction.CommitAsync(token);
        return true;
    }

    private async Task<int> VersionAsync(DbConnection connection, DbTransaction transaction, CancellationToken token)
    {
        if (!_postgres)
        {
            return await connection.ExecuteScalarAsync<int>(new CommandDefinition("PRAGMA user_version", transaction: transaction, cancellationToken: token));
        }

        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(@Key)", new { Key = MigrationLock }, transaction, cancellationToken: token));
        await connection.ExecuteAsync(new CommandDefinition(
            "create table if not exists ledger_schema (version bigint not null)", transaction: transaction, cancellationToken: token));
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select coalesce(max(version), 0) from ledger_schema", transaction: transaction, cancellationToken: token));
    }

    private async Task SetVersionAsync(DbConnection connection, DbTransaction transaction, int version, CancellationToken token)
    {
        var sql = _postgres
            ? "insert into ledger_schema (version) values (@Version)"
            : string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={version}");
        await connection.ExecuteAsync(new CommandDefinition(sql, new { Version = version }, transaction, cancellationToken: token));
    }
}
