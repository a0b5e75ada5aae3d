using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Tests.Export;

/// <summary>Reads the texts of values as docs/formats.md describes them and spells them as tests/clients/values.mjs does.</summary>
internal static partial class TextValues
{
    public static string? Spell(ColumnContract column, string? text) => (column.Type.Kind, text) switch
    {
        (_, null) => null,
        (ColumnKind.Float, "NaN") => "NaN",
        (ColumnKind.Float, "INF") => Bits(double.PositiveInfinity),
        (ColumnKind.Float, "-INF") => Bits(double.NegativeInfinity),
        (ColumnKind.Float, var number) => Bits(double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture)),
        (ColumnKind.Time, var time) => TimeOnly.Parse(time, CultureInfo.InvariantCulture).ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        (ColumnKind.Timestamp, var instant) => Instant(instant),
        (ColumnKind.Duration, var duration) => Micros(duration).ToString(CultureInfo.InvariantCulture),
        (ColumnKind.Geometry, var geometry) => Geometry(geometry),
        (_, var other) => other,
    };

    private static string Bits(double number) => BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture);

    // By hand: with their offset some instants lie outside the years that DateTime knows.
    private static string Instant(string text)
    {
        var m = InstantText().Match(text);
        Assert.True(m.Success, text);
        long Part(int group) => long.Parse(m.Groups[group].Value, CultureInfo.InvariantCulture);
        var seconds = (((Days(Part(1), Part(2), Part(3)) * 24) + Part(4)) * 60 + Part(5)) * 60 + Part(6);
        var fraction = m.Groups[7].Value.PadRight(6, '0');
        var offset = ((Part(9) * 60) + Part(10)) * 60 * (m.Groups[8].Value == "-" ? -1 : 1);
        return DateTime.UnixEpoch.AddSeconds(seconds - offset).ToString("yyyy-MM-dd'T'HH:mm:ss.", CultureInfo.InvariantCulture) + fraction + "Z";
    }

    /// <summary>Days since 1970-01-01 of the proleptic Gregorian calendar, years before 1 and after 9999 included.</summary>
    private static long Days(long year, long month, long day)
    {
        var y = month <= 2 ? year - 1 : year;
        var era = (long)Math.Floor(y / 400.0);
        var ofEra = y - (era * 400);
        var ofYear = ((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5 + day - 1;
        return (era * 146_097) + (ofEra * 365) + (ofEra / 4) - (ofEra / 100) + ofYear - 719_468;
    }

    private static BigInteger Micros(string text)
    {
        var m = DurationText().Match(text);
        Assert.True(m.Success, text);
        BigInteger Part(int group) => m.Groups[group].Success ? BigInteger.Parse(m.Groups[group].Value, CultureInfo.InvariantCulture) : 0;
        var seconds = ((((Part(2) * 24) + Part(3)) * 60) + Part(4)) * 60 + Part(5);
        var micros = (seconds * 1_000_000) + BigInteger.Parse(m.Groups[6].Value.PadRight(6, '0'), CultureInfo.InvariantCulture);
        return m.Groups[1].Value == "-" ? -micros : micros;
    }

    private static string Geometry(string text)
    {
        var numbers = text.StartsWith('{')
            ? JsonDocument.Parse(text).RootElement.GetProperty("coordinates").EnumerateArray().Select(n => n.GetDouble()).ToArray()
            : [.. Number().Matches(text).Select(n => double.Parse(n.Value, CultureInfo.InvariantCulture))];
        Assert.Matches("(?i)point", text);
        byte[] wkb = [1, 1, 0, 0, 0, .. BitConverter.GetBytes(numbers[0]), .. BitConverter.GetBytes(numbers[1])];
        return Convert.ToHexStringLower(wkb);
    }

    [GeneratedRegex(@"^(-?\d{4,5})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d):(\d\d)$")]
    private static partial Regex InstantText();

    [GeneratedRegex(@"^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,6}))?S)?)?$")]
    private static partial Regex DurationText();

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();
}
