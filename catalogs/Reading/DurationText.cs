using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenData.Catalogs.Reading;

/// <summary>ISO 8601 durations of fixed length: weeks, days, hours, minutes, seconds. Months and years have none.</summary>
internal static partial class DurationText
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(100 * 366);

    /// <summary>Reads a duration; false when the text is none or is longer than a hundred years.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var match = Pattern().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var seconds = (Number(match, "w") * 7 * 86400) + (Number(match, "d") * 86400)
            + (Number(match, "h") * 3600) + (Number(match, "m") * 60) + Number(match, "s");
        if (seconds > (decimal)Longest.TotalSeconds)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    /// <summary>Writes a duration the shortest way that reads back, for example <c>P1DT12H</c>.</summary>
    public static string Of(TimeSpan duration)
    {
        var days = duration.Days == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{duration.Days}D");
        var hours = duration.Hours == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{duration.Hours}H");
        var minutes = duration.Minutes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes}M");
        var rest = (duration.Ticks % TimeSpan.TicksPerMinute) / (decimal)TimeSpan.TicksPerSecond;
        var seconds = rest == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{rest:0.#######}S");
        var time = hours + minutes + seconds;
        return (days.Length + time.Length) switch
        {
            0 => "PT0S",
            _ => time.Length == 0 ? $"P{days}" : $"P{days}T{time}",
        };
    }

    private static decimal Number(Match match, string group)
        => match.Groups[group] is { Success: true, Value: var digits } ? decimal.Parse(digits, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"\AP(?=[0-9T])(?:(?<w>[0-9]{1,6})W|(?:(?<d>[0-9]{1,6})D)?(?:T(?=[0-9])(?:(?<h>[0-9]{1,6})H)?(?:(?<m>[0-9]{1,7})M)?(?:(?<s>[0-9]{1,9}(?:\.[0-9]{1,6})?)S)?)?)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
