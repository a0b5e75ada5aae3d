namespace OpenData.Warehouse.Publishing;

/// <summary>Names of the files in a version's folder.</summary>
public static class SnapshotFiles
{
    /// <summary>The DuckDB file.</summary>
    public const string Data = "data.duckdb";

    /// <summary>Where the row of a key lies; only large tables have it (<see cref="KeyFile"/>).</summary>
    public const string Keys = "data.keys";

    /// <summary>The whole table as CSV, gzip.</summary>
    public const string CsvGzip = "data.csv.gz";

    /// <summary>The whole table as CSV; kept as <see cref="CsvGzip"/> only.</summary>
    public const string PlainCsv = "data.csv";

    /// <summary>The whole table as Parquet, zstd.</summary>
    public const string Parquet = "data.parquet";

    /// <summary>The manifest.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The contract as it was.</summary>
    public const string Contract = "contract.yaml";

    /// <summary>Left behind when the data files of an old version were collected; holds the time.</summary>
    public const string Collected = "collected.txt";
}
