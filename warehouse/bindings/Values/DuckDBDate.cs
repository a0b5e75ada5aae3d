using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>Days since 1970-01-01; the two ends of the range mean infinity.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct DuckDBDate
{
    public static readonly DuckDBDate PositiveInfinity = new() { Days = int.MaxValue };

    public static readonly DuckDBDate NegativeInfinity = new() { Days = -int.MaxValue };

    public int Days { get; set; }

    public readonly bool IsPositiveInfinity => Days == int.MaxValue;

    public readonly bool IsNegativeInfinity => Days == -int.MaxValue;

    public readonly bool IsInfinity => IsPositiveInfinity || IsNegativeInfinity;
}
