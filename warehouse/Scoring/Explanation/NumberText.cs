using System.Globalization;

namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>Numbers as a reader of one language writes them, without the machine's culture: <c>1.234,5</c> in Vietnamese, <c>1,234.5</c> in English.</summary>
internal sealed class NumberText
{
    private const int DecimalsShown = 4;
    private const int DecimalsMeant = 20;

    private static readonly NumberFormatInfo VietnameseFormat = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NegativeSign = "−" };

    private static readonly NumberFormatInfo EnglishFormat = new() { NumberDecimalSeparator = ".", NumberGroupSeparator = ",", NegativeSign = "−" };

    private readonly NumberFormatInfo _format;

    private NumberText(string language, NumberFormatInfo format) => (Language, _format) = (language, format);

    internal static NumberText Vietnamese { get; } = new("vi", VietnameseFormat);

    internal static NumberText English { get; } = new("en", EnglishFormat);

    /// <summary>Tag of the language.</summary>
    internal string Language { get; }

    /// <summary>True when every digit of the number is shown; what divisions leave in the last digits is no digit of it.</summary>
    internal static bool IsWhole(decimal number) => Math.Round(number, DecimalsShown, MidpointRounding.AwayFromZero) == Math.Round(number, DecimalsMeant);

    /// <summary>The number, with up to four decimals.</summary>
    internal string Of(decimal number) => Math.Round(number, DecimalsShown, MidpointRounding.AwayFromZero).ToString("#,##0.####", _format);

    /// <summary>The number as a part of a sum: a negative one stands in brackets.</summary>
    internal string Term(decimal number) => number < 0 ? $"({Of(number)})" : Of(number);

    /// <summary>A share as hundredths.</summary>
    internal string Percent(decimal share) => Math.Round(share * 100, 1, MidpointRounding.AwayFromZero).ToString("#,##0.#", _format) + "%";
}
