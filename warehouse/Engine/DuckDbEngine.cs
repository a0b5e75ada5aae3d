using System.Collections.Concurrent;
using DuckDB.NET.Data;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Engine;

/// <summary>One DuckDB instance: opens connections, attaches files, locks itself down. Its calls block.</summary>
public sealed class DuckDbEngine : IDisposable
{
    /// <summary>Rows per row group of files that we publish: lookups and pages touch little, scans lose nothing.</summary>
    public const int RowGroupRows = 30_720;

    private static readonly ConcurrentDictionary<string, DuckDbEngine> Files = new(StringComparer.Ordinal);

    private readonly DuckDBConnection _root;
    private readonly string? _file;
    private readonly ConcurrentStack<EngineConnection> _idle = new();
    private int _idleCount;
    private volatile bool _disposed;

    private DuckDbEngine(string? file, EngineOptions options, bool readOnly)
    {
        options.Validate();
        NativeDuckDb.EnsureVersion();
        Options = options;
        _file = file;
        _root = new DuckDBConnection(options.ConnectionString(file ?? ":memory:", readOnly));
        if (file is not null && !Files.TryAdd(file, this))
        {
            throw new InvalidOperationException("The file is open in another engine of this process; both would be one instance.");
        }

        try
        {
            _root.Open();
            Configure();
        }
        catch (DuckDBException refused)
        {
            Dispose();
            throw EngineFailure.From(refused.ErrorType, refused.Message);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The limits that the instance was opened with.</summary>
    public EngineOptions Options { get; }

    /// <summary>True after DuckDB met an internal error: it refuses every further statement, so make a new engine.</summary>
    public bool IsBroken { get; internal set; }

    /// <summary>Opens an instance without a file of its own.</summary>
    public static DuckDbEngine InMemory(EngineOptions options) => new(file: null, options, readOnly: false);

    /// <summary>
    /// Opens a database file; it is created when missing, unless read-only. One engine per file in a process: DuckDB.NET would give
    /// a second one the first one's instance, limits and lock included.
    /// </summary>
    /// <exception cref="InvalidOperationException">The file is open in another engine of this process.</exception>
    public static DuckDbEngine File(string path, EngineOptions options, bool readOnly)
        => new(Path.GetFullPath(path), options, readOnly);

    /// <summary>Takes a connection; disposing it gives it back.</summary>
    public EngineConnection Connect()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_idle.TryPop(out var idle))
        {
            Interlocked.Decrement(ref _idleCount);
            idle.Lease();
            return idle;
        }

        return new EngineConnection(this, OpenConnection());
    }

    /// <summary>
    /// Locks the instance for good: files only below the folders, no other external access, no further settings. ATTACH and COPY
    /// keep working inside the folders; read functions, extensions and everything outside are refused.
    /// </summary>
    /// <param name="allowedDirectories">Absolute folders; may be empty.</param>
    public void Lock(IReadOnlyList<string> allowedDirectories)
    {
        // The order matters: the list cannot be set once external access is off, nothing can once the configuration is locked.
        var folders = new SqlBuilder().Append("SET allowed_directories = [");
        foreach (var folder in allowedDirectories)
        {
            folders.Literal(WithSlash(Path.GetFullPath(folder))).Append(", ");
        }

        Run(folders.Append("]"));
        Run(new SqlBuilder().Append("SET enable_external_access = false"));
        Run(new SqlBuilder().Append("SET lock_configuration = true"));
    }

    /// <summary>Attaches a database file for reading; every connection sees it at once.</summary>
    public void AttachReadOnly(string path, string alias)
        => Run(new SqlBuilder().Append("ATTACH ").Literal(path).Append(" AS ").Name(alias).Append(" (READ_ONLY)"));

    /// <summary>Creates or opens a file for writing with the storage settings that published files have.</summary>
    public void AttachForWriting(string path, string alias)
        => Run(new SqlBuilder().Append("ATTACH ").Literal(path).Append(" AS ").Name(alias)
            .Append(" (STORAGE_VERSION 'latest', ROW_GROUP_SIZE ").Number(RowGroupRows).Append(")"));

    /// <summary>Detaches a file. Streams that are open on it read on to their end.</summary>
    public void Detach(string alias) => Run(new SqlBuilder().Append("DETACH ").Name(alias));

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryPop(out var idle))
        {
            idle.Close();
        }

        _root.Dispose();
        if (_file is not null)
        {
            Files.TryRemove(KeyValuePair.Create(_file, this));
        }
    }

    internal void GiveBack(EngineConnection connection)
    {
        if (_disposed || IsBroken || Interlocked.Increment(ref _idleCount) > Options.IdleConnectionsMax)
        {
            Interlocked.Decrement(ref _idleCount);
            connection.Close();
            return;
        }

        _idle.Push(connection);
        if (_disposed && _idle.TryPop(out var late))
        {
            late.Close();
        }
    }

    private static string WithSlash(string folder) => Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar;

    private void Configure()
    {
        if (Options.TempFolder is null)
        {
            // An empty folder cannot be said in a connection string, and DuckDB's default spills beside the working directory.
            Run(new SqlBuilder().Append("SET temp_directory = ''"));
        }

        Run(new SqlBuilder().Append("SET GLOBAL TimeZone = 'UTC'"));
        if (Options.PlansBriefly)
        {
            Run(new SqlBuilder().Append("SET GLOBAL disabled_optimizers = ").Literal(Spared()));
        }
    }

    /// <summary>Every pass of this DuckDB's optimizer but those that one table needs.</summary>
    private string Spared()
    {
        string[] kept = ["expression_rewriter", "filter_pushdown", "regex_range", "in_clause", "unused_columns", "limit_pushdown", "top_n"];
        using var connection = Connect();
        using var reader = connection.Stream(new SqlBuilder().Append("SELECT name FROM duckdb_optimizers()").ToSql(), CancellationToken.None);
        var spared = new List<string>();
        while (reader.Read(out var chunk))
        {
            for (var row = 0; row < chunk.RowCount; row++)
            {
                spared.Add(System.Text.Encoding.UTF8.GetString(chunk[0].Utf8(row)));
            }
        }

        return string.Join(',', spared.Except(kept, StringComparer.Ordinal));
    }

    // Duplicate shares the in-memory instance; a file is shared by DuckDB.NET by its path.
    private DuckDBConnection OpenConnection()
    {
        var connection = _file is null ? _root.Duplicate() : new DuckDBConnection(_root.ConnectionString);
        connection.Open();
        return connection;
    }

    private void Run(SqlBuilder sql)
    {
        using var connection = Connect();
        connection.Execute(sql.ToSql());
    }
}
