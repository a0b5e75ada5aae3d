namespace OpenData.Warehouse.Export;

/// <summary>A form in which rows leave: how it is called and how it travels.</summary>
/// <param name="Word">As contracts and <c>format=</c> say it; unique.</param>
/// <param name="Extension">As in addresses and names of files, without dot.</param>
/// <param name="MediaType">Value of Content-Type.</param>
/// <param name="Name">As readers know it.</param>
public sealed record DistributionFormat(string Word, string Extension, string MediaType, string Name)
{
    /// <summary>CSV by RFC 4180, UTF-8 without byte order mark, LF. The canonical form: it is hashed.</summary>
    public static readonly DistributionFormat Csv = new("csv", "csv", "text/csv; charset=utf-8; header=present", "CSV");

    /// <summary>CSV with byte order mark and CRLF, cells that Excel would take for formulas neutralised.</summary>
    public static readonly DistributionFormat CsvExcel = new("csv_excel", "csv", "text/csv; charset=utf-8; header=present", "CSV (Excel)");

    /// <summary>Tab-separated values.</summary>
    public static readonly DistributionFormat Tsv = new("tsv", "tsv", "text/tab-separated-values; charset=utf-8", "TSV");

    /// <summary>Excel workbook.</summary>
    public static readonly DistributionFormat Xlsx =
        new("xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel (XLSX)") { CarriesTexts = true };

    /// <summary>One JSON array of objects.</summary>
    public static readonly DistributionFormat Json = new("json", "json", "application/json; charset=utf-8", "JSON");

    /// <summary>One JSON object a line.</summary>
    public static readonly DistributionFormat Ndjson = new("ndjson", "ndjson", "application/x-ndjson; charset=utf-8", "NDJSON");

    /// <summary>GeoJSON feature collection (RFC 7946); only tables with a geometry column.</summary>
    public static readonly DistributionFormat GeoJson = new("geojson", "geojson", "application/geo+json; charset=utf-8", "GeoJSON") { NeedsGeometry = true };

    /// <summary>Apache Parquet, zstd; GeoParquet where there are geometries.</summary>
    public static readonly DistributionFormat Parquet = new("parquet", "parquet", "application/vnd.apache.parquet", "Parquet") { IsSpilled = true };

    /// <summary>Apache Arrow IPC file (Feather 2).</summary>
    public static readonly DistributionFormat Arrow = new("arrow", "arrow", "application/vnd.apache.arrow.file", "Arrow") { IsSpilled = true, CarriesTexts = true };

    /// <summary>Apache Arrow IPC stream.</summary>
    public static readonly DistributionFormat ArrowStream = new("arrows", "arrows", "application/vnd.apache.arrow.stream", "Arrow (stream)") { CarriesTexts = true };

    /// <summary>Every format, in the order in which pages list them.</summary>
    public static IReadOnlyList<DistributionFormat> All { get; } =
        [Csv, CsvExcel, Xlsx, Tsv, Json, Ndjson, GeoJson, Parquet, Arrow, ArrowStream];

    /// <summary>True when the whole must be known before its start can be sent: written to a bounded file, then sent with its length.</summary>
    public bool IsSpilled { get; init; }

    /// <summary>True when titles, publisher and terms stand beside the rows: the bytes then depend on them too.</summary>
    public bool CarriesTexts { get; init; }

    /// <summary>True when only tables with a geometry column can be written so.</summary>
    public bool NeedsGeometry { get; init; }

    /// <summary>The format of that word (ordinal), or null.</summary>
    public static DistributionFormat? OfWord(string word) => All.FirstOrDefault(f => string.Equals(f.Word, word, StringComparison.Ordinal));
}
