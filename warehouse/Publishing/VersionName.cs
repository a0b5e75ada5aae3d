using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenData.Warehouse.Publishing;

/// <summary>Names of versions: <c>20261122T023015123Z-1a2b3c4d</c>, the time in UTC and the first 8 hex digits of the content hash.</summary>
public static partial class VersionName
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>The name of a version made at that time; later than <paramref name="latest"/> also when the clock went back.</summary>
    /// <param name="at">The time; cut to milliseconds.</param>
    /// <param name="contentHash">Content hash, at least 8 hex digits.</param>
    /// <param name="latest">The newest name so far; null when there is none.</param>
    public static string Make(DateTimeOffset at, string contentHash, string? latest)
    {
        var time = at.ToUniversalTime();
        if (latest is not null && TimeOf(latest) is { } last && time < last.AddMilliseconds(1))
        {
            time = last.AddMilliseconds(1);
        }

        return time.ToString(TimeFormat, CultureInfo.InvariantCulture) + "-" + contentHash[..8];
    }

    /// <summary>True when the text is a version name; the only test between a URL and a folder name.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text) => text is not null && Pattern().IsMatch(text) && TimeOf(text) is not null;

    /// <summary>The time in a name; null when it is none.</summary>
    public static DateTimeOffset? TimeOf(string name)
        => name.Length == 28 && DateTimeOffset.TryParseExact(
            name[..19],
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time)
            ? time
            : null;

    [GeneratedRegex("^[0-9]{8}T[0-9]{9}Z-[0-9a-f]{8}\\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
