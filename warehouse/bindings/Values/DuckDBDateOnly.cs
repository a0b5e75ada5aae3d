using System.Runtime.InteropServices;

namespace DuckDB.NET.Native;

/// <summary>A date by calendar fields.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DuckDBDateOnly
{
    /// <summary>What the calendar functions make of positive infinity.</summary>
    public static readonly DuckDBDateOnly PositiveInfinity = new(5881580, 7, 11);

    /// <summary>What the calendar functions make of negative infinity.</summary>
    public static readonly DuckDBDateOnly NegativeInfinity = new(-5877641, 6, 24);

    public DuckDBDateOnly(int year, byte month, byte day)
    {
        Year = year;
        Month = month;
        Day = day;
    }

    public int Year { get; }

    public byte Month { get; }

    public byte Day { get; }

    public bool IsPositiveInfinity => this == PositiveInfinity;

    public bool IsNegativeInfinity => this == NegativeInfinity;

    public bool IsInfinity => IsPositiveInfinity || IsNegativeInfinity;

    public static implicit operator DateOnly(DuckDBDateOnly date) => new(date.Year, date.Month, date.Day);

    public static implicit operator DuckDBDateOnly(DateOnly date) => new(date.Year, (byte)date.Month, (byte)date.Day);

    public static explicit operator DateTime(DuckDBDateOnly date) => date.ToDateTime();

    public static explicit operator DuckDBDateOnly(DateTime value) => FromDateTime(value);

    public static DuckDBDateOnly FromDateTime(DateTime value) => DateOnly.FromDateTime(value);

    public static DuckDBDateOnly FromDuckDBDate(DuckDBDate date)
        => date.IsPositiveInfinity ? PositiveInfinity
            : date.IsNegativeInfinity ? NegativeInfinity
            : NativeMethods.DateTimeHelpers.DuckDBFromDate(date);

    public DateTime ToDateTime() => new(Year, Month, Day, 0, 0, 0, DateTimeKind.Unspecified);

    public DuckDBDate ToDuckDBDate()
        => IsPositiveInfinity ? DuckDBDate.PositiveInfinity
            : IsNegativeInfinity ? DuckDBDate.NegativeInfinity
            : NativeMethods.DateTimeHelpers.DuckDBToDate(this);
}
