using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A time of day by clock fields.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DuckDBTimeOnly
{
    public DuckDBTimeOnly(byte hour, byte min, byte sec, int microsecond = 0)
    {
        Hour = hour;
        Min = min;
        Sec = sec;
        Microsecond = microsecond;
    }

    public byte Hour { get; }

    public byte Min { get; }

    public byte Sec { get; }

    public int Microsecond { get; }

    public long Ticks => new TimeSpan(0, Hour, Min, Sec).Ticks + (Microsecond * TimeSpan.TicksPerMicrosecond);

    public static implicit operator TimeOnly(DuckDBTimeOnly time) => new(time.Ticks);

    public static implicit operator DuckDBTimeOnly(TimeOnly time) => FromTicks(time.Ticks);

    public static explicit operator DateTime(DuckDBTimeOnly time) => time.ToDateTime();

    public static explicit operator DuckDBTimeOnly(DateTime value) => FromDateTime(value);

    public static DuckDBTimeOnly FromDateTime(DateTime value) => FromTicks(value.TimeOfDay.Ticks);

    public DateTime ToDateTime() => new(Ticks, DateTimeKind.Unspecified);

    private static DuckDBTimeOnly FromTicks(long ticks)
    {
        var span = TimeSpan.FromTicks(ticks);
        var microsecond = (int)(ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
        return new((byte)span.Hours, (byte)span.Minutes, (byte)span.Seconds, microsecond);
    }
}
