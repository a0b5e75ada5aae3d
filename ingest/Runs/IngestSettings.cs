using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Notices;
using OpenData.Ingest.Sources;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Runs;

/// <summary>Settings of a worker process, from the environment (docs/operations.md lists them).</summary>
public sealed record IngestSettings
{
    private const int StepSecondsMax = 7 * 24 * 3600;

    /// <summary>Data folder (<c>DATA_DIR</c>). Default <c>data</c>.</summary>
    public string DataFolder { get; init; } = "data";

    /// <summary>Catalogue folder (<c>CATALOG_DIR</c>). Default <c>catalogs/thai-nguyen</c>.</summary>
    public string CatalogFolder { get; init; } = "catalogs/thai-nguyen";

    /// <summary>PostgreSQL connection string (<c>STATE_DB</c>); null means SQLite in the data folder.</summary>
    public string? StateDatabase { get; init; }

    /// <summary>Hosts that may be private (<c>SOURCE_ALLOW_PRIVATE</c>), separated by commas; null means none.</summary>
    public string? AllowPrivate { get; init; }

    /// <summary>Datasets that run at the same time (<c>INGEST_PARALLEL</c>), 1 to 16. Default 2.</summary>
    public int Parallel { get; init; } = 2;

    /// <summary>Threads of each run's engine (<c>INGEST_THREADS</c>), 1 to 256. Default 1.</summary>
    public int EngineThreads { get; init; } = 1;

    /// <summary>Memory of each run's engine in MiB (<c>INGEST_MEMORY_MIB</c>), at least 64. Default 512; more spills to <c>work/</c>.</summary>
    public int EngineMemoryMiB { get; init; } = 512;

    /// <summary>How long a lease lasts without renewal (<c>INGEST_LEASE_SECONDS</c>), 3 to 3600 seconds. Default 60.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whom the worker tells of what went wrong.</summary>
    public NoticeOptions Notices { get; init; } = new();

    /// <summary>How long the steps of a run may take.</summary>
    public StepLimits Steps { get; init; } = new();

    /// <summary>Refused records of a run whose text is kept for operators (<c>INGEST_QUARANTINE_RECORDS</c>), 0 to 1,000,000; 0 keeps none. Default 10,000. Counts are always whole.</summary>
    public int QuarantineRecordsMax { get; init; } = 10_000;

    /// <summary>Bounds on sources.</summary>
    public SourceLimits Limits { get; init; } = new();

    /// <summary>Gives the values of placeholders in contracts.</summary>
    public Func<string, string?> Setting { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Where the ledger is.</summary>
    public LedgerOptions Ledger => new(DataFolder) { ConnectionString = StateDatabase };

    /// <summary>Engine of validation and publishing.</summary>
    public EngineOptions Engine => new()
    {
        Threads = EngineThreads,
        MemoryBytesMax = EngineMemoryMiB * 1024L * 1024,
        QueryTimeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Reads the settings.</summary>
    /// <exception cref="OpenDataException"><see cref="RunErrors.BadSetting"/> naming the first that is out of range.</exception>
    public static IngestSettings From(Func<string, string?> setting) => new()
    {
        DataFolder = Path.GetFullPath(Text(setting, "DATA_DIR") ?? "data"),
        CatalogFolder = Path.GetFullPath(Text(setting, "CATALOG_DIR") ?? "catalogs/thai-nguyen"),
        StateDatabase = Text(setting, "STATE_DB"),
        AllowPrivate = Text(setting, "SOURCE_ALLOW_PRIVATE"),
        Parallel = Number(setting, "INGEST_PARALLEL", 2, 1, 16),
        EngineThreads = Number(setting, "INGEST_THREADS", 1, 1, 256),
        EngineMemoryMiB = Number(setting, "INGEST_MEMORY_MIB", 512, 64, 1 << 20),
        Lease = TimeSpan.FromSeconds(Number(setting, "INGEST_LEASE_SECONDS", 60, 3, 3600)),
        Notices = NoticeOptions.From(setting),
        Steps = new StepLimits
        {
            Fetch = Seconds(setting, "INGEST_FETCH_SECONDS", 7200, StepSecondsMax),
            Stage = Seconds(setting, "INGEST_STAGE_SECONDS", 7200, StepSecondsMax),
            Validate = Seconds(setting, "INGEST_VALIDATE_SECONDS", 3600, StepSecondsMax),
            Publish = Seconds(setting, "INGEST_PUBLISH_SECONDS", 7200, StepSecondsMax),
            Stop = Seconds(setting, "INGEST_STOP_SECONDS", 30, 3600),
        },
        QuarantineRecordsMax = Number(setting, "INGEST_QUARANTINE_RECORDS", 10_000, 0, 1_000_000),
        Setting = setting,
    };

    private static TimeSpan Seconds(Func<string, string?> setting, string name, int standard, int greatest)
        => TimeSpan.FromSeconds(Number(setting, name, standard, 1, greatest));

    private static string? Text(Func<string, string?> setting, string name) => setting(name) is { Length: > 0 } value ? value : null;

    private static int Number(Func<string, string?> setting, string name, int standard, int least, int greatest)
    {
        if (Text(setting, name) is not { } text)
        {
            return standard;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= greatest
            ? number
            : throw new OpenDataException(RunErrors.BadSetting, new LocalText(
                $"{name} phải là số nguyên từ {least} đến {greatest}.", $"{name} must be a whole number from {least} to {greatest}."));
    }
}
