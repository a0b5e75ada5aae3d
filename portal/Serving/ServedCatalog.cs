using System.Collections.Frozen;
using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;

namespace OpenData.Portal.Serving;

/// <summary>
/// Everything open at one moment. Immutable: a request takes the reference once and sees one state to its end, a swap replaces the
/// reference. Shared and closed datasets are not in it, nor is anything derived from their contracts.
/// </summary>
public sealed class ServedCatalog
{
    private readonly FrozenDictionary<string, ServedDataset> _byId;

    /// <summary>Makes the state.</summary>
    /// <param name="datasets">Open datasets with a version that can be served.</param>
    /// <param name="awaited">Open datasets of the catalogue that have no version yet.</param>
    /// <param name="catalog">Publishers, themes and licences.</param>
    public ServedCatalog(IEnumerable<ServedDataset> datasets, IReadOnlyList<DatasetContract> awaited, Catalog catalog)
    {
        Datasets = [.. datasets.OrderBy(d => d.Id, StringComparer.Ordinal)];
        _byId = Datasets.ToFrozenDictionary(d => d.Id, StringComparer.Ordinal);
        Awaited = awaited;
        Catalog = catalog;
    }

    /// <summary>Nothing yet.</summary>
    public static ServedCatalog Empty { get; } = new([], [], new Catalog([], [], [], []));

    /// <summary>All served datasets by id, each in its current version.</summary>
    public IReadOnlyList<ServedDataset> Datasets { get; }

    /// <summary>Open datasets without a version: named in no list of data, counted in the health line.</summary>
    public IReadOnlyList<DatasetContract> Awaited { get; }

    /// <summary>Publishers, themes and licences; its datasets are not for callers, <see cref="Datasets"/> are.</summary>
    public Catalog Catalog { get; }

    /// <summary>Scoring frameworks of the catalogue, by id.</summary>
    public IReadOnlyList<Framework> Frameworks { get; init; } = [];

    /// <summary>The served dataset of that id (ordinal), or null.</summary>
    public ServedDataset? Find(string id) => _byId.GetValueOrDefault(id);
}
