using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>How far the running query is; -1 percent when unknown.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DuckDBQueryProgress
{
    public double Percentage { get; }

    public ulong RowsProcessed { get; }

    public ulong TotalRowsToProcess { get; }
}
