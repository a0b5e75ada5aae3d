using System.Globalization;
using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.ScoreTables;

/// <summary>One row of a table of results: fields in order, every value as text, so that no decimal passes through binary floating point.</summary>
/// <param name="Fields">Names and texts; null is no value.</param>
public sealed record ScoreRow(IReadOnlyList<KeyValuePair<string, string?>> Fields)
{
    /// <summary>Decimals of points and shares. What is left out is below a ten-thousand-millionth of a point.</summary>
    internal const int PointDecimals = 10;

    // What a published value has at most; the ministry's tables have as many.
    private const int ValueDecimals = 4;

    /// <summary>The text of a field.</summary>
    public string? this[string name] => Fields.First(f => string.Equals(f.Key, name, StringComparison.Ordinal)).Value;

    internal static ScoreRow Of(params IEnumerable<(string Name, string? Text)> fields)
        => new([.. fields.Select(f => new KeyValuePair<string, string?>(f.Name, f.Text))]);

    internal static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    internal static string Flag(bool flag) => flag ? "true" : "false";

    internal static string Points(decimal points) => Exact(Rounded(points));

    internal static string? Points(decimal? points) => points is { } known ? Points(known) : null;

    /// <summary>The value as it is published, half away from zero.</summary>
    internal static string Value(IndexScore score, int decimals) => Exact(score.Published(Math.Min(decimals, ValueDecimals)));

    internal static string Exact(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    internal static decimal Rounded(decimal points) => Math.Round(points, PointDecimals, MidpointRounding.AwayFromZero);
}
