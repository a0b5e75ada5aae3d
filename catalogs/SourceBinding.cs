namespace OpenData.Catalogs;

/// <summary>Which source kind feeds a dataset, and its settings.</summary>
/// <param name="Kind">One of <c>csv, xlsx, http_json, odata, ckan, ndjson, geojson, database, sql, scores, manual</c>.</param>
public sealed record SourceBinding(string Kind)
{
    /// <summary>Address with <c>${NAME}</c> placeholders filled from configuration; http(s) URL.</summary>
    public string? Url { get; init; }

    /// <summary>File path; for <c>manual</c> relative to the contract's folder and inside the catalogue. Other kinds may use placeholders.</summary>
    public string? Path { get; init; }

    /// <summary>Names of the files of a folder that are read, with <c>*</c> and <c>?</c>; null means those of the kind's ending.</summary>
    public string? Pattern { get; init; }

    /// <summary>Which files of a folder are read: <c>all</c>, <c>newest_name</c> or <c>newest_time</c>.</summary>
    public string Pick { get; init; } = "all";

    /// <summary>How the source knows us; null when it asks nobody.</summary>
    public SourceAuth? Auth { get; init; }

    /// <summary>Where the records are in a JSON body, for example <c>$.data</c>; null means the body is the list.</summary>
    public string? Records { get; init; }

    /// <summary>Connection string of a database, as one placeholder; secrets never stand in a contract.</summary>
    public string? Connection { get; init; }

    /// <summary>
    /// Table of a database as <c>schema.table</c>, null when <see cref="Query"/> says what to read; for <c>scores</c> one of <c>frameworks, scores,
    /// component_scores, ranks, evidence</c>.
    /// </summary>
    public string? Table { get; init; }

    /// <summary>True when an OData service or a database is asked for the number of rows, to compare it with the rows that come.</summary>
    public bool Counted { get; init; } = true;

    /// <summary>Id or alias of a table in the DataStore of a CKAN portal.</summary>
    public string? ResourceId { get; init; }

    /// <summary>Values that fields of a CKAN table must have, by field; several values of a field are alternatives.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Filters { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>True when a key may stand on several pages by the source's own design; else that voids the reading (http_json, odata).</summary>
    public bool Repeats { get; init; }

    /// <summary>Paging of a JSON endpoint; null means one page.</summary>
    public PagingBinding? Paging { get; init; }

    /// <summary>Where a JSON body declares the total number of records, for example <c>$.total</c>.</summary>
    public string? Total { get; init; }

    /// <summary>Incremental reading; null means everything every time.</summary>
    public IncrementalBinding? Incremental { get; init; }

    /// <summary>Text encoding: <c>utf-8</c> (default), <c>utf-16</c>, <c>windows-1258</c>, <c>tcvn3</c>, <c>vni</c>.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>CSV delimiter, one character; default comma.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>CSV quote, one character; default double quote.</summary>
    public char Quote { get; init; } = '"';

    /// <summary>Rows above the header that are passed over (csv, xlsx).</summary>
    public int SkipRows { get; init; }

    /// <summary>Number of header rows (xlsx merged heads are joined with <c> / </c>); default 1.</summary>
    public int HeaderRows { get; init; } = 1;

    /// <summary>Text in the first cell at which a footer begins, for example <c>Tổng cộng</c>; null means none.</summary>
    public string? Footer { get; init; }

    /// <summary>Sheet name (xlsx); null means the first.</summary>
    public string? Sheet { get; init; }

    /// <summary>Names of several sheets that are read as one, with <c>*</c> and <c>?</c> (xlsx); null when <see cref="Sheet"/> says which one.</summary>
    public string? Sheets { get; init; }

    /// <summary>The SELECT of a derived dataset, or of a database.</summary>
    public string? Query { get; init; }

    /// <summary>The datasets that <see cref="Query"/> reads (sql); the warehouse refuses a query that reads another.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];
}

/// <summary>How a source knows us.</summary>
/// <param name="Style"><c>bearer</c> (a token), <c>basic</c> (user and password), <c>key</c> (a key in a header of its own), or <c>oauth</c> (client credentials).</param>
/// <param name="Secret">Token, <c>user:password</c>, key or client secret, as a placeholder; secrets never stand in a contract.</param>
public sealed record SourceAuth(string Style, string Secret)
{
    /// <summary>Header that carries the key.</summary>
    public string? Header { get; init; }

    /// <summary>Where the token of <c>oauth</c> comes from.</summary>
    public OAuthBinding? OAuth { get; init; }
}

/// <summary>An access token by client credentials (RFC 6749, 4.4).</summary>
/// <param name="TokenUrl">Address of the token endpoint, with placeholders.</param>
/// <param name="ClientId">Id of the client, perhaps a placeholder.</param>
public sealed record OAuthBinding(string TokenUrl, string ClientId)
{
    /// <summary>Scopes asked for, separated by spaces; null asks for none.</summary>
    public string? Scope { get; init; }

    /// <summary><c>basic</c> (id and secret in the Authorization header) or <c>body</c> (in the form).</summary>
    public string Credentials { get; init; } = "basic";
}

/// <summary>Paging of a JSON endpoint.</summary>
/// <param name="Style"><c>cursor</c> (next address or token in the body), <c>page</c> (page numbers), <c>offset</c>, or <c>link</c> (Link header).</param>
public sealed record PagingBinding(string Style)
{
    /// <summary>JSON path of the next address or token (cursor).</summary>
    public string? Next { get; init; }

    /// <summary>Query parameter that carries page, offset or token.</summary>
    public string? Parameter { get; init; }

    /// <summary>Query parameter that carries the page size.</summary>
    public string? SizeParameter { get; init; }

    /// <summary>Records per page asked for.</summary>
    public int? Size { get; init; }
}

/// <summary>Incremental reading by a growing column.</summary>
/// <param name="Column">Public column that holds the source's change time.</param>
/// <param name="Parameter">Query parameter that takes the inclusive lower bound; empty for a database, which binds it, and for OData, which is filtered.</param>
/// <param name="Overlap">How far the lower bound goes back behind the watermark.</param>
public sealed record IncrementalBinding(string Column, string Parameter, TimeSpan Overlap)
{
    /// <summary>How far the lower bound goes back behind the greatest number, where the column is an integer; default 1,000.</summary>
    public long OverlapCount { get; init; } = 1000;

    /// <summary>Query parameter that takes the upper bound of a range; null where a source takes none. A database and OData need none.</summary>
    public string? Until { get; init; }

    /// <summary>Quartz cron expression of the full reconcile, in the zone and with the misfire rule of <see cref="RefreshPolicy"/>; null means by hand only.</summary>
    public string? Reconcile { get; init; }
}
