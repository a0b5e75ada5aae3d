using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Changes;

/// <summary>What of two versions is compared. Pure; made from their contracts by <see cref="Of"/>.</summary>
/// <param name="Key">Columns by which rows are matched; <c>_key</c> where the key is made from the row.</param>
/// <param name="Columns">Public columns that both have, in the newer one's order.</param>
/// <param name="ColumnsAdded">Public columns that only the newer one has: left out.</param>
/// <param name="ColumnsRemoved">Public columns that only the older one has: left out.</param>
public sealed record ComparedTables(
    IReadOnlyList<ColumnContract> Key,
    IReadOnlyList<ColumnContract> Columns,
    IReadOnlyList<ColumnContract> ColumnsAdded,
    IReadOnlyList<ColumnContract> ColumnsRemoved)
{
    /// <summary>True when rows are matched by their whole content: then none is changed, only added and removed.</summary>
    public bool ByContent => Key is [var only] && only == RowKey.Column;

    /// <summary>Compares contracts.</summary>
    /// <exception cref="OpenDataException">OD1401: the keys differ; OD1402: a column has another type.</exception>
    public static ComparedTables Of(DatasetContract older, DatasetContract newer)
    {
        var common = newer.PublicColumns.Where(c => older.Column(c.Name) is not null).ToList();
        if (common.FirstOrDefault(c => older.Column(c.Name)!.Type != c.Type) is { } changed) // both have it
        {
            throw ChangeErrors.Type(older.Column(changed.Name)!, changed);
        }

        if (!Structure.SameKey(older, newer))
        {
            throw ChangeErrors.Key();
        }

        return new ComparedTables(
            RowKey.KeyColumns(newer),
            common,
            [.. newer.PublicColumns.Where(c => older.Column(c.Name) is null)],
            [.. older.PublicColumns.Where(c => newer.Column(c.Name) is null)]);
    }
}
