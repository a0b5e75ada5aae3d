using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpenData.Catalogs;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Runs;

/// <summary>Pure: how far a source is read after a publication.</summary>
internal static class Incremental
{
    /// <summary>
    /// The greatest published change time, but never later than the moment at which we asked: one record dated into the future must not
    /// hide all that follow. Null when there is no row yet.
    /// </summary>
    internal static DateTimeOffset? HighWater(
        DatasetContract contract, SnapshotManifest manifest, IncrementalBinding incremental, DateTimeOffset askedAt)
    {
        var profile = manifest.Profiles.FirstOrDefault(p => string.Equals(p.Column, incremental.Column, StringComparison.Ordinal));
        if (profile?.Max is not { } text || Parse(text, contract) is not { } greatest)
        {
            return null;
        }

        return greatest < askedAt ? greatest : askedAt;
    }

    /// <summary>The greatest published number of a counting column; null when there is no row yet, or when the column tells a time.</summary>
    internal static long? HighNumber(DatasetContract contract, SnapshotManifest manifest, IncrementalBinding incremental)
        => contract.Column(incremental.Column)?.Type.Kind == ColumnKind.Integer
            && manifest.Profiles.FirstOrDefault(p => string.Equals(p.Column, incremental.Column, StringComparison.Ordinal))?.Max is { } text
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;

    /// <summary>What a watermark is good for: the data part, the column it is of, and the mark of deleted records. Another one reads everything again.</summary>
    internal static string ReadingHash(DatasetContract contract)
    {
        var mark = contract.Deletions is { } deletions ? string.Join('\n', deletions.Values.Prepend(deletions.From)) : "";
        var text = $"{ContractHash.DataPartJson(contract)}\n{contract.Source.Incremental?.Column}\n{mark}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    // Timestamps stand there with their offset; a date begins at midnight of the contract's zone.
    private static DateTimeOffset? Parse(string text, DatasetContract contract)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            var midnight = date.ToDateTime(TimeOnly.MinValue);
            return new DateTimeOffset(midnight, TimeZoneInfo.FindSystemTimeZoneById(contract.TimeZone).GetUtcOffset(midnight));
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
    }
}
