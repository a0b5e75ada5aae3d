using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A timestamp by calendar and clock fields; infinity is an infinite date.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DuckDBTimestamp
{
    public static readonly DuckDBTimestamp PositiveInfinity = new(DuckDBDateOnly.PositiveInfinity, default);

    public static readonly DuckDBTimestamp NegativeInfinity = new(DuckDBDateOnly.NegativeInfinity, default);

    public DuckDBTimestamp(DuckDBDateOnly date, DuckDBTimeOnly time)
    {
        Date = date;
        Time = time;
    }

    public DuckDBDateOnly Date { get; }

    public DuckDBTimeOnly Time { get; }

    public bool IsInfinity => Date.IsInfinity;

    public static DuckDBTimestamp FromDateTime(DateTime value)
        => new(DuckDBDateOnly.FromDateTime(value), DuckDBTimeOnly.FromDateTime(value));

    public static DuckDBTimestamp FromDuckDBTimestampStruct(DuckDBTimestampStruct timestamp)
        => timestamp.IsPositiveInfinity ? PositiveInfinity
            : timestamp.IsNegativeInfinity ? NegativeInfinity
            : NativeMethods.DateTimeHelpers.DuckDBFromTimestamp(timestamp);

    public DateTime ToDateTime() => Date.ToDateTime().AddTicks(Time.Ticks);

    public DuckDBTimestampStruct ToDuckDBTimestampStruct()
        => Date.IsPositiveInfinity ? DuckDBTimestampStruct.PositiveInfinity
            : Date.IsNegativeInfinity ? DuckDBTimestampStruct.NegativeInfinity
            : NativeMethods.DateTimeHelpers.DuckDBToTimestamp(this);
}
