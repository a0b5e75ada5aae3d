using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenData.Warehouse.Staging;

/// <summary>Evidence about one column of a sample. One contrary value is enough to fall back to text.</summary>
internal sealed partial class ColumnGuess(string source)
{
    private bool _zero;
    private bool _integer = true;
    private bool _plain = true;
    private bool _vi = true;
    private bool _en = true;
    private bool _iso = true;
    private bool _isoTime = true;
    private bool _dayFirst = true;
    private bool _dayFirstTime = true;
    private bool _boolean = true;
    private bool _uuid = true;
    private bool _geometry = true;
    private bool _json = true;
    private bool _twelve = true;
    private readonly HashSet<string> _distinct = new(StringComparer.Ordinal);
    private bool _dayOver12;
    private int _whole;
    private int _scale;

    /// <summary>The name in the source.</summary>
    public string Source { get; } = source;

    /// <summary>Cells that were not blank.</summary>
    public int Values { get; private set; }

    /// <summary>Blank cells.</summary>
    public int Blanks { get; private set; }

    /// <summary>True when no value of the sample came twice and none was missing.</summary>
    public bool IsUnique => Values > 1 && Blanks == 0 && _distinct.Count == Values;

    /// <summary>True when every value has the twelve digits of a citizen's number.</summary>
    public bool IsCitizenNumber => Values > 0 && _twelve;

    /// <summary>Public name made from the source's: folded to ASCII, words joined by underscores.</summary>
    public string Name
    {
        get
        {
            var name = new StringBuilder();
            var before = ' ';
            foreach (var c in Source.Replace('Đ', 'D').Replace('đ', 'd').Normalize(NormalizationForm.FormD))
            {
                if (char.IsAsciiLetterOrDigit(c))
                {
                    if (char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(before) && Source.All(char.IsAsciiLetterOrDigit))
                    {
                        name.Append('_');
                    }

                    name.Append(char.ToLowerInvariant(c));
                }
                else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && name.Length > 0 && name[^1] != '_')
                {
                    name.Append('_');
                }

                before = c;
            }

            var text = name.ToString().Trim('_');
            return text.Length == 0 || !char.IsAsciiLetter(text[0]) ? "c_" + text : text;
        }
    }

    /// <summary>Takes a cell of the sample.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="form">What it was in the source.</param>
    public void Add(string text, CellForm form)
    {
        var value = CellText.Tidy(text);
        if (value.Length == 0 || form == CellForm.Null)
        {
            Blanks++;
            return;
        }

        Values++;
        _distinct.Add(value.Length > 64 ? value[..64] : value);
        _zero |= form == CellForm.Text && LeadingZero().IsMatch(value);
        _twelve &= value.Length == 12 && value.All(char.IsAsciiDigit);
        _integer &= Integer().IsMatch(value);
        _plain &= Plain().IsMatch(value);
        _vi &= Vi().IsMatch(value);
        _en &= En().IsMatch(value);
        Digits(value);
        _iso &= Iso().IsMatch(value);
        _isoTime &= form == CellForm.Iso || IsoTime().IsMatch(value);
        Days(DayFirst().Match(value), ref _dayFirst);
        Days(DayFirstTime().Match(value), ref _dayFirstTime);
        _boolean &= value.ToLowerInvariant() is "true" or "false" or "có" or "không";
        _uuid &= Guid.TryParseExact(value, "D", out _);
        _geometry &= form == CellForm.Composite && value.Contains("\"coordinates\"", StringComparison.Ordinal);
        _json &= form == CellForm.Composite;
    }

    /// <summary>Type and format as contract fields, for example <c>type: decimal(12,2), number_format: vi</c>, and a remark or null.</summary>
    public (string Fields, string? Remark) Guess() => this switch
    {
        { Values: 0 } => ("type: text", "no value in the sample"),
        { _zero: true } => ("type: code", "leading zeros: a name, not a number"),
        { _geometry: true } => ("type: geometry(any)", null),
        { _json: true } => ("type: json", null),
        { _boolean: true } => ("type: boolean", null),
        { _uuid: true } => ("type: uuid", null),
        { _integer: true } => _whole > 18 ? ("type: code", "too many digits for a number") : ("type: integer", null),
        { _plain: true, _en: true, _vi: true } => ("type: integer, number_format: vi", "groups of three digits: check that they are thousands"),
        { _plain: true } => (Decimal(), null),
        { _vi: true, _en: true } => (Decimal(), "check the number format"),
        { _vi: true } => (_scale == 0 ? "type: integer, number_format: vi" : Decimal() + ", number_format: vi", null),
        { _en: true } => (_scale == 0 ? "type: integer, number_format: en" : Decimal() + ", number_format: en", null),
        { _iso: true } => ("type: date", null),
        { _isoTime: true } => ("type: timestamp, time_zone: Asia/Ho_Chi_Minh", null),
        { _dayFirst: true } => ("type: date, format: \"d/M/yyyy\"", DayRemark),
        { _dayFirstTime: true } => ("type: timestamp, format: \"d/M/yyyy H:mm\", time_zone: Asia/Ho_Chi_Minh", DayRemark),
        _ => ("type: text", null),
    };

    private string? DayRemark => _dayOver12 ? null : "no day over 12 in the sample: check that the day comes first";

    private string Decimal() => string.Create(CultureInfo.InvariantCulture, $"type: decimal({Math.Min(38, Math.Max(12, _whole + 3) + _scale)},{_scale})");

    // The longest run before and after the last mark; good enough to propose a precision.
    private void Digits(string value)
    {
        var mark = _vi && !_plain ? value.LastIndexOf(',') : _en && !_plain ? value.LastIndexOf('.') : value.LastIndexOfAny(['.', ',']);
        var whole = mark < 0 ? value : value[..mark];
        _whole = Math.Max(_whole, whole.Count(char.IsAsciiDigit));
        _scale = Math.Max(_scale, mark < 0 ? 0 : value.Length - mark - 1);
    }

    private void Days(Match match, ref bool all)
    {
        all &= match.Success && int.Parse(match.Groups["day"].ValueSpan, CultureInfo.InvariantCulture) <= 31
            && int.Parse(match.Groups["month"].ValueSpan, CultureInfo.InvariantCulture) <= 12;
        _dayOver12 |= match.Success && int.Parse(match.Groups["day"].ValueSpan, CultureInfo.InvariantCulture) > 12;
    }

    [GeneratedRegex("^0[0-9]+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LeadingZero();

    [GeneratedRegex("^-?[0-9]{1,38}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^-?[0-9]{1,30}(\.[0-9]{1,18})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^-?([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,[0-9]{1,18})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Vi();

    [GeneratedRegex(@"^-?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]{1,18})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex En();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Iso();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IsoTime();

    [GeneratedRegex("^(?<day>[0-9]{1,2})/(?<month>[0-9]{1,2})/[0-9]{4}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DayFirst();

    [GeneratedRegex("^(?<day>[0-9]{1,2})/(?<month>[0-9]{1,2})/[0-9]{4} [0-9]{1,2}:[0-9]{2}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DayFirstTime();
}
