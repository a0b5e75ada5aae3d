using System.Numerics;
using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>An unsigned 128-bit integer: upper * 2^64 + lower.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DuckDBUHugeInt
{
    public DuckDBUHugeInt(ulong lower, ulong upper)
    {
        Lower = lower;
        Upper = upper;
    }

    public DuckDBUHugeInt(BigInteger value)
    {
        if (value < HugeIntMinValue || value > HugeIntMaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(value), $"Outside {HugeIntMinValue} to {HugeIntMaxValue}.");
        }

        var wide = (UInt128)value;
        Lower = unchecked((ulong)wide);
        Upper = (ulong)(wide >> 64);
    }

    public static BigInteger HugeIntMinValue { get; } = UInt128.MinValue;

    public static BigInteger HugeIntMaxValue { get; } = UInt128.MaxValue;

    public ulong Lower { get; }

    public ulong Upper { get; }

    public UInt128 ToUInt128() => new(Upper, Lower);

    public BigInteger ToBigInteger() => ToUInt128();
}
