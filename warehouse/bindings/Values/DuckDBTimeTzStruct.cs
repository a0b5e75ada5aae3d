using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>40 bits of microseconds and 24 bits of offset, as stored.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct DuckDBTimeTzStruct
{
    public ulong Bits { get; set; }
}
