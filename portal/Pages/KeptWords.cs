using System.Globalization;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Pages;

/// <summary>Pure: how long the files of a version stay, in a reader's words.</summary>
internal static class KeptWords
{
    /// <summary>For example <c>lâu dài: bản cuối tháng</c>, <c>until 23 November 2026, 09:30</c>.</summary>
    /// <param name="version">The version.</param>
    /// <param name="keepVersions">How many newest versions the contract keeps.</param>
    /// <param name="language"><c>vi</c> or <c>en</c>.</param>
    public static string Of(ListedVersion version, int keepVersions, string language)
    {
        var english = language == Language.English;
        if (version.Stay is not { } stay)
        {
            var gone = version.Snapshot.CollectedAt is { } at ? Formats.Time(at, language) : "";
            return english ? $"no longer kept since {gone}: beyond the keeping rule" : $"đã thôi lưu từ {gone}: quá hạn lưu";
        }

        var words = stay.Because switch
        {
            KeptBecause.Current => english ? "as long as it is current" : "khi còn là bản hiện hành",
            KeptBecause.Pinned => english ? $"pinned: {stay.PinReason}" : $"được ghim: {stay.PinReason}",
            KeptBecause.LastOfMonth => english ? "for ever: last of its month" : "lâu dài: bản cuối tháng",
            KeptBecause.AmongNewest => AmongNewest(stay, keepVersions, english),
            KeptBecause.ReplacedRecently => "",
            _ => english ? "may go at any time" : "có thể thôi lưu bất cứ lúc nào",
        };
        if (stay.Until is not { } until || stay.Because == KeptBecause.MayGo)
        {
            return words;
        }

        var end = english ? $"until {Formats.Time(until, language)}" : $"đến {Formats.Time(until, language)}";
        return words.Length == 0 ? end : english ? $"{words}; at least {end}" : $"{words}; ít nhất {end}";
    }

    private static string AmongNewest(VersionStay stay, int keepVersions, bool english)
    {
        var left = stay.VersionsLeft ?? 0;
        return english
            ? string.Create(CultureInfo.InvariantCulture, $"while among the {keepVersions} newest: {left} more version{(left == 1 ? "" : "s")}")
            : string.Create(CultureInfo.InvariantCulture, $"khi còn trong {keepVersions} bản mới nhất: thêm {left} lần công bố nữa");
    }
}
