using System.Globalization;
using System.Runtime.CompilerServices;
using OpenData.Portal.Scores.Boards;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Scores;

/// <summary>All figures of a version of <c>dti_published_values</c>, read once from its own CSV: pages never enter a query lane, so they stay up when the lanes are full.</summary>
internal sealed class PublishedValues(WholeRows rows)
{
    /// <summary>The dataset that holds them.</summary>
    public const string Dataset = "dti_published_values";

    // 63 provinces × 4 figures take 20 kB a year.
    private const int CharactersMax = 8 * 1024 * 1024;

    private readonly ConditionalWeakTable<Snapshot, IReadOnlyList<PublishedValue>> _read = [];

    /// <summary>The figures of that version.</summary>
    /// <exception cref="OpenData.Catalogs.Errors.OpenDataException">OD9035: the stored file is not what was published.</exception>
    public IReadOnlyList<PublishedValue> Of(ServedDataset dataset) => _read.GetValue(dataset.Snapshot, Read);

    private IReadOnlyList<PublishedValue> Read(Snapshot snapshot) => Of(rows.Records(snapshot, CharactersMax));

    /// <summary>Records with their head → figures.</summary>
    internal static IReadOnlyList<PublishedValue> Of(IReadOnlyList<string?[]> records)
    {
        var names = records[0];
        int At(string name) => Array.IndexOf(names, name) is >= 0 and var at ? at : throw new InvalidOperationException($"{Dataset} has no column {name}.");
        var (year, unit, metric, value, rank, of, source)
            = (At("assessment_year"), At("unit_name"), At("metric"), At("value"), At("rank"), At("units_ranked"), At("source"));
        return [.. records.Skip(1).Select(r => new PublishedValue(
            Number(r[year]),
            r[unit] ?? "",
            r[metric] ?? "",
            r[value] is { } score ? decimal.Parse(score, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null,
            Number(r[rank]),
            Number(r[of]),
            r[source] ?? ""))];
    }

    private static int Number(string? text) => int.Parse(text ?? "", NumberStyles.None, CultureInfo.InvariantCulture);
}
