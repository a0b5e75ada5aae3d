using OpenData.Catalogs;

namespace OpenData.Warehouse.Query;

/// <summary>The tables to which a query's relations may lead, and those to which they do.</summary>
/// <param name="isOpen">True for datasets that callers may see.</param>
/// <param name="find">The version of such a dataset that the query is to read; asked once for each, when an expression reaches it.</param>
public sealed class RelatedTables(Func<string, bool> isOpen, Func<string, RelatedTable> find)
{
    private readonly SortedDictionary<string, RelatedTable> _used = new(StringComparer.Ordinal);

    /// <summary>No relation leads anywhere.</summary>
    public RelatedTables()
        : this(_ => false, _ => throw new InvalidOperationException("No relation leads anywhere."))
    {
    }

    /// <summary>The tables that expressions have reached so far, by dataset.</summary>
    public IReadOnlyList<RelatedTable> Used => [.. _used.Values];

    /// <summary>Names of the relations that lead somewhere from a dataset.</summary>
    public IReadOnlyList<string> Names(DatasetContract owner) => [.. owner.Relations.Where(r => isOpen(r.To)).Select(r => r.Name)];

    /// <summary>The relation of that name, as written or else with other case; its target counts as used. Null when there is none.</summary>
    public Relation? Find(DatasetContract owner, string name)
    {
        var contract = owner.Relations.FirstOrDefault(r => r.Name == name)
            ?? owner.Relations.FirstOrDefault(r => r.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (contract is null || !isOpen(contract.To))
        {
            return null;
        }

        if (!_used.TryGetValue(contract.To, out var target))
        {
            target = find(contract.To);
            _used.Add(contract.To, target);
        }

        return Relation.Between(contract, owner, target);
    }
}
