using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A decimal: the unscaled value with its digits in all and after the point.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DuckDBDecimal(byte width, byte scale, DuckDBHugeInt value)
{
    public byte Width { get; } = width;

    public byte Scale { get; } = scale;

    public DuckDBHugeInt Value { get; } = value;
}
