using OpenData.Catalogs;

namespace OpenData.Warehouse.Query;

/// <summary>The key column of datasets whose key is made from the row's content (<c>key: row</c>).</summary>
public static class RowKey
{
    /// <summary>The stored and public column <c>_key</c>: content hash and occurrence number.</summary>
    public static ColumnContract Column { get; } =
        new("_key", new ColumnType(ColumnKind.Code), new LocalText("Khóa dòng", "Row key"))
        {
            Required = true,
            Description = new LocalText("Khóa tính từ nội dung dòng và số thứ tự xuất hiện", "Made from the row's content and an occurrence number"),
        };

    /// <summary>Every column that a query may name: the public ones, and the row key where it is the key.</summary>
    public static IReadOnlyList<ColumnContract> QueryColumns(DatasetContract contract)
        => contract.HasRowKey ? [Column, .. contract.PublicColumns] : contract.PublicColumns;

    /// <summary>The key columns, in the contract's order.</summary>
    public static IReadOnlyList<ColumnContract> KeyColumns(DatasetContract contract)
        => contract.HasRowKey ? [Column] : [.. contract.Key.Select(contract.Column).OfType<ColumnContract>()];
}
