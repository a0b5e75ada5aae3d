using OpenData.Portal.Pages;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Feeds;

/// <summary>Pure: what a feed says of a version, in either language.</summary>
internal static class FeedWords
{
    /// <summary>For example <c>thêm 120, sửa 30, bỏ 0 dòng</c>.</summary>
    public static string Counts(RunCounts counts, string language)
    {
        var (added, changed, removed) =
            (Formats.Number(counts.RowsAdded, language), Formats.Number(counts.RowsChanged, language), Formats.Number(counts.RowsRemoved, language));
        return language == Errors.Language.English
            ? $"{added} rows added, {changed} changed, {removed} removed"
            : $"thêm {added}, sửa {changed}, bỏ {removed} dòng";
    }

    /// <summary>One or two sentences: when, how many rows, what changed, why.</summary>
    public static string Text(SnapshotManifest manifest, string language)
    {
        var (at, rows, counts) = (Formats.Time(manifest.PublishedAt, language), Formats.Number(manifest.Rows, language), Counts(manifest.Counts, language));
        var english = language == Errors.Language.English;
        var what = english ? $"Published {at}: {rows} rows; {counts}." : $"Công bố {at}: {rows} dòng; {counts}.";
        return manifest.Reason is { } reason ? $"{what} {(english ? "Reason" : "Lý do")}: {reason}" : what;
    }
}
