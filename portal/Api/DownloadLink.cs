namespace OpenData.Portal.Api;

/// <summary>A form in which the whole table can be taken home.</summary>
public sealed record DownloadLink
{
    /// <summary><c>csv</c>, <c>csv_gz</c>, <c>csv_excel</c>, <c>xlsx</c>, <c>tsv</c>, <c>json</c>, <c>ndjson</c>, <c>geojson</c>, <c>parquet</c>, <c>arrow</c> or <c>arrows</c>.</summary>
    /// <example>parquet</example>
    public required string Format { get; init; }

    /// <summary>Media type.</summary>
    /// <example>application/vnd.apache.parquet</example>
    public required string MediaType { get; init; }

    /// <summary>Absolute address of the latest version.</summary>
    /// <example>https://data.example.vn/datasets/one_stop_cases.parquet</example>
    public required string Url { get; init; }

    /// <summary>Absolute address of this version; its content never changes.</summary>
    /// <example>https://data.example.vn/datasets/one_stop_cases/versions/20261122T023015123Z-1a2b3c4d.parquet</example>
    public required string VersionUrl { get; init; }

    /// <summary>Length in bytes; null when the form is made on request.</summary>
    /// <example>734003</example>
    public long? Bytes { get; init; }

    /// <summary>SHA-256 of the bytes, hex; null when the form is made on request.</summary>
    /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
    public string? Sha256 { get; init; }
}
