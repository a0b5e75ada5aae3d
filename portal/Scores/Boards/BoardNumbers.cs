using System.Globalization;
using OpenData.Portal.Pages;
using OpenData.Warehouse.Scoring.Robustness;

namespace OpenData.Portal.Scores.Boards;

/// <summary>Numbers of boards as readers of a language write them. Downloads keep every digit.</summary>
internal static class BoardNumbers
{
    /// <summary>A value with its four decimals, as it is published.</summary>
    public static string Value(decimal value, string language) => Formats.Grouped(value.ToString("0.0000", CultureInfo.InvariantCulture), language);

    /// <summary>Points in two decimals.</summary>
    public static string Points(decimal points, string language)
        => Formats.Grouped(Math.Round(points, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture), language);

    /// <summary>The interval of a unit's ranks; one number when both ends are the same.</summary>
    public static string Interval(UnitRobustness firm, string language)
        => firm.Low == firm.High ? Formats.Number(firm.Low, language) : $"{Formats.Number(firm.Low, language)}–{Formats.Number(firm.High, language)}";

    /// <summary>A difference of values with its sign.</summary>
    public static string Signed(decimal change, string language) => (change > 0 ? "+" : change < 0 ? "−" : "±") + Value(Math.Abs(change), language);
}
