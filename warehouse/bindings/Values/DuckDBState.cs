namespace DuckDB.NET.Native;

/// <summary>Whether a call succeeded.</summary>
public enum DuckDBState
{
    Success = 0,
    Error = 1,
}
