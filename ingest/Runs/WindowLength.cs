using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenData.Ingest.Runs;

/// <summary>The length of a window on the calendar: whole days, weeks, months or years.</summary>
/// <param name="Count">How many; 1 to 999.</param>
/// <param name="Unit"><c>D</c>, <c>W</c>, <c>M</c> or <c>Y</c>.</param>
public sealed partial record WindowLength(int Count, char Unit)
{
    /// <summary>One month.</summary>
    public static WindowLength Month { get; } = new(1, 'M');

    /// <summary>Reads for example <c>P1M</c> or <c>P14D</c>; null when the text is no such length.</summary>
    public static WindowLength? Parse(string text)
        => Pattern().Match(text) is { Success: true } match
            ? new WindowLength(int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["unit"].Value[0])
            : null;

    /// <summary>The day on which a window begins; null beyond the calendar. Counted from the first day, so that months of unequal length do not drift.</summary>
    internal DateOnly? Start(DateOnly first, int window)
    {
        var steps = (long)window * Count;
        var days = Unit switch
        {
            'D' => steps,
            'W' => steps * 7,
            _ => 0,
        };
        var months = Unit switch
        {
            'M' => steps,
            'Y' => steps * 12,
            _ => 0,
        };
        return days > DateOnly.MaxValue.DayNumber - first.DayNumber || months > (9999 - first.Year) * 12L
            ? null
            : first.AddMonths((int)months).AddDays((int)days);
    }

    /// <summary>As it is written, for example <c>P1M</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"P{Count}{Unit}");

    [GeneratedRegex(@"\AP(?<count>[1-9][0-9]{0,2})(?<unit>[DWMY])\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
