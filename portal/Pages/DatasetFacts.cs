using OpenData.Catalogs;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Pages;

/// <summary>What may be said in public about a run: sums and counts by rule, never content, never a personal column.</summary>
internal static class DatasetFacts
{
    /// <summary>The public sentence: received = published + duplicates + quarantined. Records that lost to a later one of their key count as duplicates.</summary>
    public static (long Published, long Duplicates, long Quarantined) Sum(RunCounts counts) => (
        counts.Inserted + counts.Updated + counts.Unchanged + counts.Deleted,
        counts.Duplicates + counts.Superseded,
        counts.Quarantined);

    /// <summary>Refusals by rule and public column; a personal column's name becomes the whole record.</summary>
    public static IReadOnlyList<QuarantineCount> PublicQuarantine(DatasetContract contract, IReadOnlyList<QuarantineCount> counts)
        => [.. counts.Select(q => q.Column is not null && contract.Column(q.Column) is null
            ? new QuarantineCount("record", null, q.Rows)
            : q)];
}
