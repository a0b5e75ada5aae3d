using System.Data;
using System.Text;
using Dapper;
using Npgsql;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Backup;

/// <summary>The state in PostgreSQL: each of our tables as lines of JSON, all read in one snapshot of the database.</summary>
internal sealed class PostgresState(LedgerOptions options) : IStateCopy
{
    private const int RowsAtOnce = 1_000;

    /// <inheritdoc/>
    public string Kind => "postgresql";

    /// <inheritdoc/>
    public async Task<SavedState> SaveAsync(string folder, CancellationToken token)
    {
        await using var connection = await OpenAsync(token);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, token);
        async Task<HashSet<string>> SetAsync(string sql)
            => (await connection.QueryAsync<string>(new CommandDefinition(sql, transaction: snapshot, cancellationToken: token))).ToHashSet(StringComparer.Ordinal);

        var schema = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select coalesce(max(version), 0) from ledger_schema", transaction: snapshot, cancellationToken: token));
        foreach (var table in LedgerSchema.TablesOf(schema))
        {
            await SaveAsync(connection, snapshot, table, Path.Combine(folder, table + ".ndjson"), token);
        }

        return new SavedState(schema, await SetAsync("select id from runs"), await SetAsync("select sha256 from landings where removed_at is null"));
    }

    /// <inheritdoc/>
    public async Task<bool> IsFilledAsync(CancellationToken token)
    {
        await using var connection = await OpenAsync(token);
        var there = await connection.ExecuteScalarAsync<string?>(new CommandDefinition("select to_regclass('runs')::text", cancellationToken: token));
        return there is not null && await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select exists (select 1 from runs)", cancellationToken: token));
    }

    /// <inheritdoc/>
    public async Task LoadAsync(string folder, int schema, CancellationToken token)
    {
        // The tables as they were then; whoever opens the ledger brings them up to date.
        await (await LedgerDatabase.OpenAsync(options, schema, token)).DisposeAsync();
        await using var connection = await OpenAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        foreach (var table in LedgerSchema.TablesOf(schema))
        {
            await connection.ExecuteAsync(new CommandDefinition($"delete from {table}", transaction: transaction, cancellationToken: token));
            foreach (var lines in File.ReadLines(Path.Combine(folder, table + ".ndjson"), Encoding.UTF8).Chunk(RowsAtOnce))
            {
                await connection.ExecuteAsync(new CommandDefinition(
                    $"insert into {table} select * from json_populate_recordset(null::{table}, cast(@Rows as json))",
                    new { Rows = $"[{string.Join(',', lines)}]" },
                    transaction,
                    cancellationToken: token));
            }
        }

        await transaction.CommitAsync(token);
    }

    private static async Task SaveAsync(NpgsqlConnection connection, NpgsqlTransaction snapshot, string table, string path, CancellationToken token)
    {
        PrivateFolder.MakeFile(path);
        await using (var file = new FileStream(path, FileMode.Truncate, FileAccess.Write, FileShare.None))
        await using (var text = new StreamWriter(file, new UTF8Encoding(false)))
        {
            await foreach (var line in connection.QueryUnbufferedAsync<string>($"select row_to_json(t)::text from {table} t", transaction: snapshot).WithCancellation(token))
            {
                await text.WriteAsync(line);
                await text.WriteAsync('\n');
            }
        }

        Durable.FlushFile(path);
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken token)
    {
        var connection = new NpgsqlConnection(options.ConnectionString);
        await connection.OpenAsync(token);
        return connection;
    }
}
