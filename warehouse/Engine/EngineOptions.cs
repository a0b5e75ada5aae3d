using System.Globalization;
using DuckDB.NET.Data;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Engine;

/// <summary>Limits of one DuckDB instance. Nothing is left to DuckDB's guess of the machine.</summary>
public sealed record EngineOptions
{
    /// <summary>
    /// Threads that work on queries, all queries together; 1 to 256, default 2. Never more than cores: oversubscription costs
    /// up to four times the CPU.
    /// </summary>
    public int Threads { get; init; } = 2;

    /// <summary>Bytes that the instance may hold in memory; at least 64 MiB, default 1 GiB.</summary>
    public long MemoryBytesMax { get; init; } = 1L << 30;

    /// <summary>
    /// Folder for spilled data; null (the default) means no spilling: a query that needs more memory fails with OD9005.
    /// DuckDB does not enforce a size limit here, so give it a volume of its own.
    /// </summary>
    public string? TempFolder { get; init; }

    /// <summary>
    /// Longest time that one streamed query may work inside DuckDB, default 30 seconds. Time that a slow reader takes between
    /// chunks does not count. <see cref="Timeout.InfiniteTimeSpan"/> means no limit. Statements run by Execute have no limit.
    /// </summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Idle connections kept for reuse; 0 to 1,000, default 16.</summary>
    public int IdleConnectionsMax { get; init; } = 16;

    /// <summary>Prepared statements kept per connection; 0 to 10,000, default 64.</summary>
    public int StatementsMax { get; init; } = 64;

    /// <summary>
    /// True for an engine of short questions about one table: of the optimizer only what leads such a question to its rows is left. DuckDB plans
    /// a question anew each time that it is asked with other values, and the rest of the optimizer is a quarter of a look by key. Default false.
    /// </summary>
    public bool PlansBriefly { get; init; }

    /// <summary>Throws when a value is outside its range.</summary>
    /// <exception cref="OpenDataException"><see cref="EngineErrors.BadOption"/>.</exception>
    public void Validate()
    {
        Require(Threads is >= 1 and <= 256, nameof(Threads), "1 to 256");
        Require(MemoryBytesMax >= 64L << 20, nameof(MemoryBytesMax), "at least 67108864 bytes");
        Require(TempFolder is null || Path.IsPathFullyQualified(TempFolder), nameof(TempFolder), "an absolute path or null");
        Require(QueryTimeout > TimeSpan.Zero || QueryTimeout == Timeout.InfiniteTimeSpan, nameof(QueryTimeout), "more than 0");
        Require(QueryTimeout < TimeSpan.FromDays(40), nameof(QueryTimeout), "less than 40 days");
        Require(IdleConnectionsMax is >= 0 and <= 1_000, nameof(IdleConnectionsMax), "0 to 1000");
        Require(StatementsMax is >= 0 and <= 10_000, nameof(StatementsMax), "0 to 10000");
    }

    internal string ConnectionString(string dataSource, bool readOnly)
    {
        var builder = new DuckDBConnectionStringBuilder
        {
            DataSource = dataSource,
            Threads = Threads,
            MemoryLimit = string.Create(CultureInfo.InvariantCulture, $"{MemoryBytesMax}B"),
            AutoinstallKnownExtensions = false,
            AutoloadKnownExtensions = false,
            AllowCommunityExtensions = false,
            AllowPersistentSecrets = false,
        };
        if (TempFolder is not null)
        {
            builder.TempDirectory = TempFolder;
        }

        if (readOnly)
        {
            builder.AccessMode = DuckDBAccessMode.ReadOnly;
        }

        return builder.ConnectionString;
    }

    private static void Require(bool holds, string option, string range)
    {
        if (!holds)
        {
            throw new OpenDataException(EngineErrors.BadOption, new LocalText(
                $"{option} của bộ máy phải là: {range}.", $"The engine's {option} must be {range}."));
        }
    }
}
