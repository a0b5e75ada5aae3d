using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Portal.Errors;

namespace OpenData.Portal.Pages;

/// <summary>How numbers, dates and cells look to a reader. Downloads keep the plain forms; this is for eyes only.</summary>
internal static class Formats
{
    /// <summary>What stands where a row has no value.</summary>
    public const string NoValue = "–";

    private const int CellCharactersMax = 80;
    private static readonly TimeSpan LocalOffset = TimeSpan.FromHours(7);

    /// <summary><c>1.234.567</c> or <c>1,234,567</c>.</summary>
    public static string Number(long value, string language)
        => Grouped(value.ToString(CultureInfo.InvariantCulture), language);

    /// <summary>A plain decimal text (<c>-1234567.8</c>) with group and decimal marks; every digit stays.</summary>
    public static string Grouped(string plain, string language)
    {
        var sign = plain.StartsWith('-') ? "-" : "";
        var digits = plain[sign.Length..];
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        if (whole.Length == 0 || !whole.All(char.IsAsciiDigit) || (point >= 0 && !digits[(point + 1)..].All(char.IsAsciiDigit)))
        {
            return plain;
        }

        var english = language == Language.English;
        var text = new StringBuilder(sign);
        for (var i = 0; i < whole.Length; i++)
        {
            if (i > 0 && (whole.Length - i) % 3 == 0)
            {
                text.Append(english ? ',' : '.');
            }

            text.Append(whole[i]);
        }

        return point < 0 ? text.ToString() : text.Append(english ? '.' : ',').Append(digits, point + 1, digits.Length - point - 1).ToString();
    }

    /// <summary>A share (0 to 1) in per cent with one digit; no space before the sign in either language.</summary>
    public static string Percent(double share, string language)
    {
        var text = (share * 100).ToString(share is > 0 and < 0.001 or > 0.999 and < 1 ? "0.00" : "0.#", CultureInfo.InvariantCulture);
        return Grouped(text, language) + "%";
    }

    /// <summary>A size in B, kB, MB or GB (powers of 1000).</summary>
    public static string Bytes(long bytes, string language)
    {
        var (value, unit) = bytes switch
        {
            < 1_000 => ((double)bytes, "B"),
            < 1_000_000 => (bytes / 1e3, "kB"),
            < 1_000_000_000 => (bytes / 1e6, "MB"),
            _ => (bytes / 1e9, "GB"),
        };
        return Grouped(value.ToString(bytes < 1_000 ? "0" : "0.#", CultureInfo.InvariantCulture), language) + " " + unit;
    }

    /// <summary><c>22/11/2026</c> or <c>22 November 2026</c>.</summary>
    public static string Date(DateOnly date, string language)
        => date.ToString(language == Language.English ? "d MMMM yyyy" : "dd'/'MM'/'yyyy", CultureInfo.InvariantCulture);

    /// <summary>An instant on the clock of Vietnam: <c>22/11/2026 09:30</c> or <c>22 November 2026, 09:30</c>.</summary>
    public static string Time(DateTimeOffset instant, string language)
        => instant.ToOffset(LocalOffset).ToString(
            language == Language.English ? "d MMMM yyyy',' HH:mm" : "dd'/'MM'/'yyyy HH:mm",
            CultureInfo.InvariantCulture);

    /// <summary>An instant for machines, in the <c>datetime</c> attribute.</summary>
    public static string Machine(DateTimeOffset instant)
        => instant.ToOffset(LocalOffset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>A cell's canonical text for eyes, cut when it is long.</summary>
    public static string Cell(ColumnContract column, string canonical, string language) => column.Type.Kind switch
    {
        ColumnKind.Integer when IsYear(column) => canonical,
        ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Float => Grouped(canonical, language),
        ColumnKind.Boolean => canonical == "true" ? Words.Yes.For(language) : Words.No.For(language),
        ColumnKind.Date when DateOnly.TryParseExact(canonical, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            => Day(date, language),
        ColumnKind.Timestamp when column.Truncate == "day" && DateTimeOffset.TryParse(canonical, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            => Day(DateOnly.FromDateTime(day.DateTime), language),
        ColumnKind.Timestamp when DateTimeOffset.TryParse(canonical, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            => instant.ToString(language == Language.English ? "d MMM yyyy',' HH:mm:ss" : "dd'/'MM'/'yyyy HH:mm:ss", CultureInfo.InvariantCulture),
        _ => Cut(canonical),
    };

    /// <summary>True when the column's values stand to the right.</summary>
    public static bool IsNumber(ColumnContract column)
        => column.Type.Kind is ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Float or ColumnKind.Duration && !IsYear(column);

    // 2.025 is no way to write a year.
    private static bool IsYear(ColumnContract column)
        => column.Type.Kind == ColumnKind.Integer && (column.Unit == "year" || column.Name == "year" || column.Name.EndsWith("_year", StringComparison.Ordinal));

    private static string Day(DateOnly date, string language)
        => date.ToString(language == Language.English ? "d MMM yyyy" : "dd'/'MM'/'yyyy", CultureInfo.InvariantCulture);

    private static string Cut(string text)
    {
        if (text.Length <= CellCharactersMax)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[CellCharactersMax - 1]) ? CellCharactersMax - 1 : CellCharactersMax;
        return text[..end] + "…";
    }
}
