using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenData.TestKit;

/// <summary>Reads the texts of values as docs/formats.md describes them and spells them as tests/clients/values.mjs does.</summary>
public static partial class TextValues
{
    /// <summary>The spelling of a value.</summary>
    /// <param name="type">Type as a contract writes it, for example <c>decimal(14,2)</c>.</param>
    /// <param name="text">The value as CSV or JSON has it; null is null.</param>
    public static string? Spell(string type, string? text) => (type.Split('(')[0], text) switch
    {
        (_, null) => null,
        ("list", var array) => Items(type["list(".Length..^1], array),
        ("float", "NaN") => "NaN",
        ("float", "INF") => Bits(double.PositiveInfinity),
        ("float", "-INF") => Bits(double.NegativeInfinity),
        ("float", var number) => Bits(double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture)),
        ("time", var time) => TimeOnly.Parse(time, CultureInfo.InvariantCulture).ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        ("timestamp", var instant) => Instant(instant),
        ("duration", var duration) => Micros(duration).ToString(CultureInfo.InvariantCulture),
        ("geometry", var point) => Geometry(point),
        (_, var other) => other,
    };

    /// <summary>RFC 4180 by the letter; nothing between separators is null, a pair of quotes is empty text. Head included.</summary>
    public static IReadOnlyList<string?[]> Cells(string text, char separator)
    {
        var records = new List<string?[]>();
        var record = new List<string?>();
        var cell = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            cell.Clear();
            var quoted = text[at] == '"';
            if (quoted)
            {
                for (at++; text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"'); at++)
                {
                    cell.Append(text[at]);
                    at += text[at] == '"' ? 1 : 0;
                }

                at++;
            }
            else
            {
                for (; text[at] != separator && text[at] != '\n'; at++)
                {
                    cell.Append(text[at]);
                }
            }

            record.Add(cell.Length == 0 && !quoted ? null : cell.ToString());
            Require(text[at] == separator || text[at] == '\n', "Something follows a cell.");
            var ends = text[at++] == '\n';
            if (!ends && at < text.Length && text[at] == '\n')
            {
                record.Add(null);
                at++;
                ends = true;
            }

            if (ends)
            {
                records.Add([.. record]);
                record.Clear();
            }
        }

        Require(record.Count == 0, "The text ends inside a record.");
        return records;
    }

    // A list is a JSON array in every format that has no lists of its own.
    private static string Items(string type, string array)
    {
        using var json = JsonDocument.Parse(array);
        return $"[{string.Join('\u001f', json.RootElement.EnumerateArray().Select(i => Spell(type, i.ValueKind == JsonValueKind.String ? i.GetString() : i.GetRawText())))}]";
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new FormatException(message);
        }
    }

    private static string Bits(double number) => BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture);

    // By hand: with their offset some instants lie outside the years that DateTime knows.
    private static string Instant(string text)
    {
        var m = InstantText().Match(text);
        Require(m.Success, text);
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
        Require(m.Success, text);
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
        Require(text.Contains("POINT", StringComparison.OrdinalIgnoreCase), text);
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
