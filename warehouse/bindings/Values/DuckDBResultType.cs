namespace DuckDB.NET.Native;

/// <summary>What a result carries.</summary>
public enum DuckDBResultType
{
    Invalid = 0,
    ChangedRows = 1,
    Nothing = 2,
    QueryResult = 3,
}
