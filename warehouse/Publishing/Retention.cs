using OpenData.Catalogs;

namespace OpenData.Warehouse.Publishing;

/// <summary>Which versions may go; pure, the collector does the deleting.</summary>
public static class Retention
{
    /// <summary>A version stays at least this long after another took its place, whatever the contract says.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    /// <summary>
    /// Versions whose files may go. The current version, pinned ones, those replaced less than 24 hours ago and the last of each month
    /// stay; of the others go those beyond <c>keep.versions</c> newest or beyond <c>keep.bytes</c> in all.
    /// </summary>
    /// <param name="newestFirst">Versions whose files are still there, newest first; the first is current.</param>
    /// <param name="keep">The contract's policy.</param>
    /// <param name="pinned">Versions that an operator pinned or a score cites.</param>
    /// <param name="zone">Zone in which months are cut.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<string> Expired(
        IReadOnlyList<RetainedVersion> newestFirst,
        KeepPolicy keep,
        IReadOnlySet<string> pinned,
        TimeZoneInfo zone,
        DateTimeOffset now)
    {
        var expired = new List<string>();
        var keptBytes = 0L;
        for (var i = 0; i < newestFirst.Count; i++)
        {
            var version = newestFirst[i];
            var protectedByRule = i == 0
                || pinned.Contains(version.Version)
                || now - newestFirst[i - 1].PublishedAt < Grace
                || Month(version.PublishedAt, zone) != Month(newestFirst[i - 1].PublishedAt, zone);
            var withinPolicy = i < keep.Versions && (keep.Bytes is null || keptBytes + version.Bytes <= keep.Bytes);
            if (protectedByRule || withinPolicy)
            {
                keptBytes += version.Bytes;
            }
            else
            {
                expired.Add(version.Version);
            }
        }

        return expired;
    }

    private static (int Year, int Month) Month(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return (local.Year, local.Month);
    }
}
