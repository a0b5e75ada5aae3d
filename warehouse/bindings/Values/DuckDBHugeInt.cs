using System.Numerics;
using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A signed 128-bit integer: upper * 2^64 + lower.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DuckDBHugeInt
{
    public DuckDBHugeInt(ulong lower, long upper)
    {
        Lower = lower;
        Upper = upper;
    }

    public DuckDBHugeInt(Int128 value)
        : this((ulong)(UInt128)value, (long)(value >> 64))
    {
    }

    public DuckDBHugeInt(BigInteger value)
        : this(value >= HugeIntMinValue && value <= HugeIntMaxValue
            ? (Int128)value
            : throw new ArgumentOutOfRangeException(nameof(value), $"Outside {HugeIntMinValue} to {HugeIntMaxValue}."))
    {
    }

    public static BigInteger HugeIntMinValue { get; } = Int128.MinValue;

    public static BigInteger HugeIntMaxValue { get; } = Int128.MaxValue;

    public ulong Lower { get; }

    public long Upper { get; }

    public Int128 ToInt128() => new(unchecked((ulong)Upper), Lower);

    public BigInteger ToBigInteger() => ToInt128();
}
