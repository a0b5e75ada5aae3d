using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Backup;

/// <summary>The state in SQLite: copied by SQLite's own online backup, which sees one moment whoever writes meanwhile.</summary>
internal sealed class SqliteState(LedgerOptions options) : IStateCopy
{
    private const string FileName = "ledger.db";

    /// <inheritdoc/>
    public string Kind => "sqlite";

    /// <inheritdoc/>
    public async Task<SavedState> SaveAsync(string folder, CancellationToken token)
    {
        if (!File.Exists(options.SqliteFile))
        {
            return new SavedState(0, new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        }

        var copy = Path.Combine(folder, FileName);
        await CopyAsync(options.SqliteFile, copy, options.BusyTimeout, token);
        await using var connection = Connect(copy, SqliteOpenMode.ReadOnly, options.BusyTimeout);
        await connection.OpenAsync(token);
        return new SavedState(
            await connection.ExecuteScalarAsync<int>(new CommandDefinition("PRAGMA user_version", cancellationToken: token)),
            await SetAsync(connection, "select id from runs", token),
            await SetAsync(connection, "select sha256 from landings where removed_at is null", token));
    }

    /// <inheritdoc/>
    public Task<bool> IsFilledAsync(CancellationToken token) => Task.FromResult(File.Exists(options.SqliteFile));

    /// <inheritdoc/>
    public Task LoadAsync(string folder, int schema, CancellationToken token)
    {
        var saved = Path.Combine(folder, FileName);
        if (!File.Exists(saved))
        {
            return Task.CompletedTask;
        }

        // What a restore that was broken off left beside the file belongs to another file.
        foreach (var ending in new[] { "-wal", "-shm", "-journal", ".part" })
        {
            File.Delete(options.SqliteFile + ending);
        }

        PrivateFolder.Make(Path.GetDirectoryName(options.SqliteFile)!);
        File.Copy(saved, options.SqliteFile + ".part");
        PrivateFolder.MakePrivate(options.SqliteFile + ".part");
        Durable.FlushFile(options.SqliteFile + ".part");
        Durable.Rename(options.SqliteFile + ".part", options.SqliteFile);
        return Task.CompletedTask;
    }

    /// <summary>Copies a SQLite file that others may be writing to; the copy is one file, without a log beside it.</summary>
    internal static async Task CopyAsync(string file, string copy, TimeSpan busyTimeout, CancellationToken token)
    {
        PrivateFolder.MakeFile(copy);
        await using (var source = Connect(file, SqliteOpenMode.ReadOnly, busyTimeout))
        await using (var target = Connect(copy, SqliteOpenMode.ReadWrite, busyTimeout))
        {
            await source.OpenAsync(token);
            await target.OpenAsync(token);

            // Whoever is the last to close the database holds it for a moment. The copy waits as the library's commands do, which it does not by itself.
            await source.ExecuteAsync(new CommandDefinition(
                string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout={(long)busyTimeout.TotalMilliseconds}"), cancellationToken: token));
            source.BackupDatabase(target);
            await target.ExecuteAsync(new CommandDefinition("PRAGMA journal_mode=DELETE", cancellationToken: token));
        }

        Durable.FlushFile(copy);
    }

    private static async Task<HashSet<string>> SetAsync(SqliteConnection connection, string sql, CancellationToken token)
        => (await connection.QueryAsync<string>(new CommandDefinition(sql, cancellationToken: token))).ToHashSet(StringComparer.Ordinal);

    private static SqliteConnection Connect(string file, SqliteOpenMode mode, TimeSpan busyTimeout) => new(new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = mode,
        Pooling = false,
        DefaultTimeout = (int)busyTimeout.TotalSeconds,
    }.ToString());
}
