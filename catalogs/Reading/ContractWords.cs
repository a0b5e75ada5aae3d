namespace OpenData.Catalogs.Reading;

/// <summary>The closed lists of words that contract fields take.</summary>
internal static class ContractWords
{
    public static IReadOnlyDictionary<string, Access> AccessWords { get; } = new Dictionary<string, Access>(StringComparer.Ordinal)
    {
        ["open"] = Access.Open,
        ["shared"] = Access.Shared,
        ["closed"] = Access.Closed,
    };

    public static IReadOnlyDictionary<string, LoadMode> LoadModes { get; } = new Dictionary<string, LoadMode>(StringComparer.Ordinal)
    {
        ["replace"] = LoadMode.Replace,
        ["append"] = LoadMode.Append,
        ["merge"] = LoadMode.Merge,
    };

    public static IReadOnlyDictionary<string, OnFail> OnFails { get; } = new Dictionary<string, OnFail>(StringComparer.Ordinal)
    {
        ["warn"] = OnFail.Warn,
        ["quarantine"] = OnFail.Quarantine,
        ["block"] = OnFail.Block,
    };

    /// <summary>Ways in which a source knows us.</summary>
    public static IReadOnlyList<string> AuthStyles { get; } = ["bearer", "basic", "key", "oauth"];

    /// <summary>Where the token endpoint finds id and secret of the client.</summary>
    public static IReadOnlyList<string> OAuthCredentials { get; } = ["basic", "body"];

    /// <summary>Headers that HTTP itself needs, so that they carry no key.</summary>
    public static IReadOnlyList<string> TransportHeaders { get; } =
        ["Host", "Connection", "Content-Length", "Transfer-Encoding", "Upgrade", "TE", "Trailer", "Expect", "Range", "Accept-Encoding", "User-Agent", "Proxy-Authorization", "Proxy-Connection", "Keep-Alive"];

    public static IReadOnlyList<string> SourceKinds { get; } = ["csv", "xlsx", "http_json", "odata", "ckan", "ndjson", "geojson", "database", "sql", "scores", "manual"];

    /// <summary>What is published of assessment rounds, by table.</summary>
    public static IReadOnlyList<string> ScoreTables { get; } = ["frameworks", "scores", "component_scores", "ranks", "evidence"];

    public static IReadOnlyList<string> Rules { get; } = ["unique", "sql", "exists_in", "row_count", "quarantine_share"];

    public static IReadOnlyList<string> Encodings { get; } = ["utf-8", "utf-16", "windows-1258", "tcvn3", "vni"];

    /// <summary>Which files of a folder are read.</summary>
    public static IReadOnlyList<string> Picks { get; } = ["all", "newest_name", "newest_time"];

    public static IReadOnlyList<string> PagingStyles { get; } = ["cursor", "page", "offset", "link"];

    public static IReadOnlyList<string> Misfires { get; } = ["run_once", "skip"];

    public static IReadOnlyList<string> NumberFormats { get; } = ["vi", "en"];

    public static IReadOnlyList<string> Empties { get; } = ["null", "keep"];

    public static IReadOnlyList<string> Privacies { get; } = ["personal"];

    public static IReadOnlyList<string> Truncations { get; } = ["day"];

    public static IReadOnlyList<string> NewColumns { get; } = ["propose", "ignore", "block"];

    public static IReadOnlyList<string> MissingColumns { get; } = ["block", "null"];

    public static IReadOnlyList<string> HolidayStates { get; } = ["official", "expected"];

    public static IReadOnlyList<string> TypeDrifts { get; } = ["quarantine", "block"];

    public static IReadOnlyList<string> Distributions { get; } =
        ["csv", "csv_excel", "xlsx", "tsv", "json", "ndjson", "geojson", "parquet", "arrow", "arrows"];

    public static IReadOnlyList<string> ColumnTypes { get; } =
        [
            "boolean", "integer", "decimal(p,s)", "float", "text", "code", "date", "time", "timestamp", "duration", "uuid",
            "geometry(point)", "geometry(line)", "geometry(polygon)", "geometry(any)", "json", "list(type)",
        ];

    /// <summary>What lists may hold: instants depend on a zone, and geometries and JSON are no scalars.</summary>
    public static IReadOnlyList<string> ItemTypes { get; } =
        ["boolean", "integer", "decimal(p,s)", "float", "text", "code", "date", "time", "duration", "uuid"];

    /// <summary>Codes of the EU data-theme list.</summary>
    public static IReadOnlyList<string> EuThemes { get; } =
        ["AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "OP_DATPRO", "REGI", "SOCI", "TECH", "TRAN"];
}
