using System.Collections.Frozen;

namespace OpenData.Warehouse.Derivation;

/// <summary>
/// The functions that SQL of contracts may call; docs/contracts-sql.md lists them and a test compares. Nothing that reads files or
/// settings, nothing that differs from run to run, nothing that makes long text out of short.
/// </summary>
public static class SqlFunctions
{
    /// <summary>Operators as DuckDB's parser names them.</summary>
    public static readonly FrozenSet<string> Operators = Set(
        "+", "-", "*", "/", "//", "%", "||", "~~", "!~~", "~~*", "!~~*");

    /// <summary>Functions of one row.</summary>
    public static readonly FrozenSet<string> Scalars = Set(
        "abs", "timezone", "ceil", "ceiling", "floor", "round", "trunc", "sign", "mod", "sqrt", "greatest", "least", "nullif", "ifnull",
        "lower", "upper", "trim", "ltrim", "rtrim", "length", "left", "right", "substring", "substr", "starts_with", "ends_with",
        "prefix", "suffix", "contains", "strpos", "instr", "position", "replace", "concat", "split_part", "strip_accents",
        "string_split", "list_sort", "list_distinct", "list_contains", "len",
        "regexp_matches", "regexp_full_match", "regexp_extract",
        "year", "month", "day", "quarter", "hour", "minute", "second", "isodow", "dayofweek", "week", "weekofyear", "isoyear",
        "date_trunc", "datetrunc", "date_part", "datepart", "date_diff", "datediff", "last_day", "make_date", "strftime",
        "to_years", "to_months", "to_weeks", "to_days", "to_hours", "to_minutes", "to_seconds", "isfinite", "isnan");

    /// <summary>Functions of many rows whose result does not depend on the order of rows.</summary>
    public static readonly FrozenSet<string> Aggregates = Set(
        "count", "count_star", "count_if", "countif", "sum", "avg", "mean", "min", "max", "bool_and", "bool_or", "median",
        "quantile_cont", "quantile_disc", "stddev_samp", "stddev_pop", "var_samp", "var_pop");

    /// <summary>Functions of a window beyond the aggregates.</summary>
    public static readonly FrozenSet<string> Windows = Set(
        "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value", "last_value", "nth_value");

    /// <summary>Types that CAST may name.</summary>
    public static readonly FrozenSet<string> CastTypes = Set(
        "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "FLOAT",
        "DOUBLE", "DECIMAL", "VARCHAR", "DATE", "TIME", "TIMESTAMP", "UUID", "INTERVAL");

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}
