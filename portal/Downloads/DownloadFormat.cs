using OpenData.Catalogs;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Downloads;

/// <summary>A form in which a whole table can be taken home.</summary>
/// <param name="Name">As readers know it.</param>
/// <param name="Extension">As in the address, without dot.</param>
/// <param name="MediaType">Value of Content-Type.</param>
/// <param name="StoredFile">File of the version that holds it ready-made; null when it is written at request time.</param>
internal sealed record DownloadFormat(string Name, string Extension, string MediaType, string? StoredFile)
{
    /// <summary>Comma-separated values, kept as gzip.</summary>
    public static readonly DownloadFormat Csv = new("CSV", "csv", "text/csv; charset=utf-8; header=present", SnapshotFiles.CsvGzip);

    /// <summary>One JSON object with the rows, written from the engine.</summary>
    public static readonly DownloadFormat Json = new("JSON", "json", "application/json; charset=utf-8", null);

    /// <summary>Apache Parquet.</summary>
    public static readonly DownloadFormat Parquet = new("Parquet", "parquet", "application/vnd.apache.parquet", SnapshotFiles.Parquet);

    private static readonly DownloadFormat[] All = [Csv, Json, Parquet];

    /// <summary>The formats that the contract offers and we can write.</summary>
    public static IReadOnlyList<DownloadFormat> Of(DatasetContract contract)
        => [.. All.Where(f => contract.Distributions.Contains(f.Extension, StringComparer.Ordinal))];
}
