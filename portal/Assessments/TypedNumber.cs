using System.Globalization;
using OpenData.Catalogs;
using OpenData.Portal.Errors;
using OpenData.Warehouse.Rounds;

namespace OpenData.Portal.Assessments;

/// <summary>
/// Pure: a number as people type it. One comma or one point is a decimal mark. <c>1.234</c> could be either one thousand two hundred or one and a bit, by habit of the
/// writer; a guess would be a wrong score, so it is asked again.
/// </summary>
internal static class TypedNumber
{
    private const int GroupDigits = 3;
    private const int LettersMax = 40;

    private static readonly LocalText NoNumber = new("Đây không phải là số. Ví dụ: 1250 hoặc 12,5.", "This is no number. Write for example 1250 or 12.5.");
    private static readonly LocalText TwoReadings = new(
        "Số này đọc được hai cách. Viết không có dấu ngăn hàng nghìn (1234), hoặc thêm một số 0 sau phần thập phân (1,2340).",
        "This number can be read in two ways. Write no thousands mark (1234), or one more zero after the decimals (1.2340).");

    /// <summary>The number, or why there is none.</summary>
    public static (decimal? Number, LocalText? Problem) Parse(string text)
    {
        var plain = text.Trim().Replace('−', '-');
        if (plain.Length > LettersMax)
        {
            return (null, NoNumber);
        }

        var mark = plain.AsSpan().IndexOfAny('.', ',');
        if (mark >= 0 && IsAmbiguous(plain.AsSpan().TrimStart('-'), mark - (plain.StartsWith('-') ? 1 : 0)))
        {
            return (null, TwoReadings);
        }

        return decimal.TryParse(plain.Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? (number, null)
            : (null, NoNumber);
    }

    /// <summary>A number as a field shows it, with the decimal mark of the language: it is read as the same number when it comes back.</summary>
    public static string Text(decimal number, string language)
    {
        var plain = AnswerText.Of(number);
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var safe = point >= 0 && plain.Length - point - 1 == GroupDigits ? plain + "0" : plain;
        return language == Language.English ? safe : safe.Replace('.', ',');
    }

    private static bool IsAmbiguous(ReadOnlySpan<char> digits, int mark)
        => mark is > 0 and <= GroupDigits
            && digits[0] != '0'
            && digits.Length == mark + 1 + GroupDigits
            && !digits[..mark].ContainsAnyExceptInRange('0', '9')
            && !digits[(mark + 1)..].ContainsAnyExceptInRange('0', '9');
}
