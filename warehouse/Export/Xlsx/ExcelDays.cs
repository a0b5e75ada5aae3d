namespace OpenData.Warehouse.Export;

/// <summary>
/// Excel's calendar, in which a day is a number. It has a 29 February 1900 that never was, so days before 1 March 1900 have no number that
/// everyone reads alike; and from 5 June 2079 on a double no longer tells one microsecond of a day from the next.
/// </summary>
internal static class ExcelDays
{
    /// <summary>The number of 1970-01-01.</summary>
    public const int Epoch = 25_569;

    /// <summary>The number of 1900-03-01, the first day that can be used.</summary>
    public const int First = 61;

    /// <summary>The number of 9999-12-31, the last day of Excel.</summary>
    public const int Last = 2_958_465;

    /// <summary>The first day (2079-06-05) whose microseconds a double does not tell apart.</summary>
    public const int Coarse = 65_536;

    /// <summary>First microsecond since 1970, by the clock, that can be used.</summary>
    public const long MicrosFirst = (First - Epoch) * ValueText.MicrosPerDay;

    /// <summary>First microsecond since 1970, by the clock, that cannot be told from its neighbours.</summary>
    public const long MicrosCoarse = (Coarse - Epoch) * ValueText.MicrosPerDay;

    /// <summary>The number of an instant, from microseconds since 1970 by the clock; rounding it to a microsecond gives the instant back.</summary>
    public static double OfClock(long micros)
    {
        var start = ValueText.StartOfDay(micros);
        return (start / ValueText.MicrosPerDay) + Epoch + OfSpan(micros - start);
    }

    /// <summary>A length of time in days.</summary>
    public static double OfSpan(long micros) => micros / (double)ValueText.MicrosPerDay;
}
