using OpenData.Catalogs;

namespace OpenData.Warehouse.Publishing;

/// <summary>Which versions may go and how long the others stay; pure, the collector does the deleting.</summary>
public static class Retention
{
    /// <summary>A version stays at least this long after another took its place, whatever the contract says.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    /// <summary>
    /// Why each version stays. The current version, pinned ones, the last of each month and those replaced less than 24 hours ago stay
    /// whatever the contract says; of the others those beyond <c>keep.versions</c> newest or beyond <c>keep.bytes</c> in all may go.
    /// </summary>
    /// <param name="newestFirst">Versions whose files are still there, newest first; the first is current.</param>
    /// <param name="keep">The contract's policy.</param>
    /// <param name="pins">Version → why an operator pinned it.</param>
    /// <param name="zone">Zone in which months are cut.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<VersionStay> Plan(
        IReadOnlyList<RetainedVersion> newestFirst,
        KeepPolicy keep,
        IReadOnlyDictionary<string, string> pins,
        TimeZoneInfo zone,
        DateTimeOffset now)
    {
        var plan = new List<VersionStay>(newestFirst.Count);
        var keptBytes = 0L;
        for (var i = 0; i < newestFirst.Count; i++)
        {
            var version = newestFirst[i];
            var stay = i == 0 ? new VersionStay(version.Version, KeptBecause.Current, null) { PinReason = pins.GetValueOrDefault(version.Version) }
                : pins.TryGetValue(version.Version, out var reason) ? new VersionStay(version.Version, KeptBecause.Pinned, null) { PinReason = reason }
                : Replaced(version, version.ReplacedAt ?? newestFirst[i - 1].PublishedAt, VersionsLeft(version, i, keptBytes, keep), zone, now);
            keptBytes += stay.Because == KeptBecause.MayGo ? 0 : version.Bytes;
            plan.Add(stay);
        }

        return plan;
    }

    private static VersionStay Replaced(RetainedVersion version, DateTimeOffset replacedAt, int versionsLeft, TimeZoneInfo zone, DateTimeOffset now)
    {
        var graceEnd = replacedAt + Grace;
        if (Month(version.PublishedAt, zone) != Month(replacedAt, zone))
        {
            return new VersionStay(version.Version, KeptBecause.LastOfMonth, null);
        }

        if (versionsLeft > 0)
        {
            return new VersionStay(version.Version, KeptBecause.AmongNewest, now < graceEnd ? graceEnd : null) { VersionsLeft = versionsLeft };
        }

        return new VersionStay(version.Version, now < graceEnd ? KeptBecause.ReplacedRecently : KeptBecause.MayGo, graceEnd);
    }

    /// <summary>0 for a version that the contract does not keep.</summary>
    private static int VersionsLeft(RetainedVersion version, int newer, long newerBytes, KeepPolicy keep)
        => keep.Bytes is { } bytes && newerBytes + version.Bytes > bytes ? 0 : Math.Max(0, keep.Versions - newer);

    private static (int Year, int Month) Month(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return (local.Year, local.Month);
    }
}
