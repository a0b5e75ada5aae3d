using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>Months, days and microseconds, kept apart because none is a fixed number of the next.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DuckDBInterval(int months, int days, ulong micros)
{
    public int Months { get; } = months;

    public int Days { get; } = days;

    /// <summary>Signed 64 bits in the header; read as two's complement.</summary>
    public ulong Micros { get; } = micros;

    public static implicit operator DuckDBInterval(TimeSpan span)
        => new(0, span.Days, unchecked((ulong)(span.Ticks % TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond)));

    public static explicit operator TimeSpan(DuckDBInterval interval)
    {
        if (interval.Months != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(interval), "An interval with months has no fixed length.");
        }

        var ticks = ((Int128)interval.Days * TimeSpan.TicksPerDay)
            + ((Int128)unchecked((long)interval.Micros) * TimeSpan.TicksPerMicrosecond);
        return ticks >= long.MinValue && ticks <= long.MaxValue
            ? TimeSpan.FromTicks((long)ticks)
            : throw new ArgumentOutOfRangeException(nameof(interval), "The interval is longer than a TimeSpan holds.");
    }
}
