using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A time of day with its offset in seconds.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct DuckDBTimeTz
{
    public DuckDBTimeOnly Time { get; set; }

    public int Offset { get; set; }
}
