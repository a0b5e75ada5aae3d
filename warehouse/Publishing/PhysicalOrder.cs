using OpenData.Catalogs;

namespace OpenData.Warehouse.Publishing;

/// <summary>The order in which rows rest, and in which pages go without an order of the caller's.</summary>
public static class PhysicalOrder
{
    /// <summary>
    /// Columns in order of weight: the contract's <c>order</c>, by default its first time column; then the key, so that the order is total.
    /// With <c>key: row</c> the stored key <c>_key</c> comes last.
    /// </summary>
    public static IReadOnlyList<string> Of(DatasetContract contract)
    {
        var columns = contract.Order.Count > 0
            ? contract.Order
            : [.. contract.PublicColumns.Where(c => c.Type.Kind is ColumnKind.Timestamp or ColumnKind.Date).Select(c => c.Name).Take(1)];
        return [.. columns.Concat(KeyOf(contract)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The stored key columns: the contract's, or <c>_key</c> for <c>key: row</c>.</summary>
    public static IReadOnlyList<string> KeyOf(DatasetContract contract) => contract.HasRowKey ? ["_key"] : contract.Key;
}
