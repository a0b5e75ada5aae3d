using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A timestamp as stored, in the unit of its type (microseconds unless the type says otherwise).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct DuckDBTimestampStruct
{
    public static readonly DuckDBTimestampStruct PositiveInfinity = new() { Micros = long.MaxValue };

    public static readonly DuckDBTimestampStruct NegativeInfinity = new() { Micros = -long.MaxValue };

    public long Micros { get; set; }

    public readonly bool IsPositiveInfinity => Micros == long.MaxValue;

    public readonly bool IsNegativeInfinity => Micros == -long.MaxValue;

    public readonly bool IsInfinity => IsPositiveInfinity || IsNegativeInfinity;
}
