using OpenData.Catalogs;

namespace OpenData.Warehouse.ScoreTables;

/// <summary>The datasets of a catalogue that publish rounds.</summary>
public static class ScoreDatasets
{
    /// <summary>Their ids, in order: a publication asks for a run of each.</summary>
    public static IReadOnlyList<string> Of(Catalog catalog) => [.. catalog.Datasets.Where(d => d.Source.Kind == "scores").Select(d => d.Id)];
}
