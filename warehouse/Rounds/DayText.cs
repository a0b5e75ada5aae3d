using System.Globalization;

namespace OpenData.Warehouse.Rounds;

/// <summary>Pure: days as <c>yyyy-MM-dd</c>.</summary>
internal static class DayText
{
    internal static string Of(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static DateOnly To(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
