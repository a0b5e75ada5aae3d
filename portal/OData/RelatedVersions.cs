using OpenData.Portal.Serving;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>The versions of other datasets that one request reads over relations.</summary>
internal sealed class RelatedVersions
{
    private readonly Dictionary<string, ServedDataset> _byAlias = new(StringComparer.Ordinal);

    /// <summary>Those of a state.</summary>
    /// <param name="state">The open datasets.</param>
    /// <param name="version">The version of one of them that the request reads.</param>
    public RelatedVersions(ServedCatalog state, Func<ServedDataset, ServedDataset> version)
        => Tables = new RelatedTables(
            id => state.Find(id) is not null,
            id =>
            {
                var dataset = version(state.Find(id)!); // asked only for ids that are open
                _byAlias[dataset.Alias] = dataset;
                return new RelatedTable(dataset.Contract, dataset.Alias);
            });

    /// <summary>For expressions.</summary>
    public RelatedTables Tables { get; }

    /// <summary>The dataset with the versions that a question to it reads too.</summary>
    public ServedDataset Joined(ServedDataset dataset, DatasetQuery query)
        => query.Related.Count == 0 ? dataset : dataset with { Related = [.. query.Related.Select(r => _byAlias[r.Alias])] };
}
