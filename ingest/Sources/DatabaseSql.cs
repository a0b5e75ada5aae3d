using OpenData.Catalogs;

namespace OpenData.Ingest.Sources;

/// <summary>Pure: the statements by which a database is read. Names are quoted, the lower bound is a parameter, the query is the contract's own.</summary>
internal static class DatabaseSql
{
    /// <summary>
    /// The public columns by name, nothing else: personal ones never leave the agency, and a column that was renamed is an error and no
    /// silent gap.
    /// </summary>
    internal static string Columns(DatasetContract contract)
        => $"SELECT {string.Join(", ", contract.PublicColumns.Select(c => $"t.{Name(c.SourceName)}"))} FROM {From(contract.Source)}";

    /// <summary>One JSON text a row: the database's own exact spelling of every value.</summary>
    internal static string Rows(DatasetContract contract, int bounds)
        => $"SELECT row_to_json(r)::text FROM ({Columns(contract)}{Bound(contract, bounds)}) AS r";

    /// <summary>How many rows that is, by the database.</summary>
    internal static string Count(DatasetContract contract, int bounds)
        => $"SELECT count(*) FROM {From(contract.Source)}{Bound(contract, bounds)}";

    /// <summary>What the session keeps to, whatever the account may do. Times in milliseconds.</summary>
    internal static string Session(SourceLimits limits) => FormattableString.Invariant($"""
        SET TRANSACTION READ ONLY;
        SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY;
        SET statement_timeout = {(long)limits.Body.TotalMilliseconds};
        SET lock_timeout = {(long)limits.Answer.TotalMilliseconds};
        SET idle_in_transaction_session_timeout = {(long)limits.Body.TotalMilliseconds};
        SET TimeZone = 'UTC';
        SET DateStyle = 'ISO, YMD';
        SET IntervalStyle = 'iso_8601';
        SET extra_float_digits = 3
        """);

    // The line end closes a comment at the end of the contract's query.
    private static string From(SourceBinding source)
        => source.Table is { } table ? $"{string.Join('.', table.Split('.').Select(Name))} AS t" : $"({source.Query}\n) AS t";

    // The upper bound is left out: the next window begins there.
    private static string Bound(DatasetContract contract, int bounds)
    {
        var column = bounds == 0 ? "" : $"t.{Name(DatabaseRows.Watermark(contract).SourceName)}";
        return bounds switch
        {
            0 => "",
            1 => $" WHERE {column} >= $1",
            _ => $" WHERE {column} >= $1 AND {column} < $2",
        };
    }

    private static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
