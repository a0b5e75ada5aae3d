using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenData.Catalogs.Reading;

/// <summary>Sizes such as <c>20GB</c>; units are decimal (1 GB = 1,000,000,000 bytes).</summary>
internal static partial class ByteSizeText
{
    /// <summary>Reads a size in bytes; null when the text is none or is zero.</summary>
    public static long? Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var unit = match.Groups["unit"].Value switch
        {
            "TB" => 1_000_000_000_000,
            "GB" => 1_000_000_000,
            "MB" => 1_000_000,
            "KB" => 1_000,
            _ => 1L,
        };
        var bytes = long.Parse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) * unit;
        return bytes > 0 ? bytes : null;
    }

    [GeneratedRegex(@"\A(?<number>[0-9]{1,6}) ?(?<unit>TB|GB|MB|KB|B)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
