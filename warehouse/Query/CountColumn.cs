using OpenData.Catalogs;

namespace OpenData.Warehouse.Query;

/// <summary>A column of a result that is none of the rows' own: how many values a chosen list has, before skip and top.</summary>
public static class CountColumn
{
    // No contract and no $compute can give such a name.
    private const string Tail = "@count";

    /// <summary>The column that stands before a list.</summary>
    public static ColumnContract Of(ColumnContract list) => new(list.Name + Tail, new ColumnType(ColumnKind.Integer), list.Title);

    /// <summary>The name of the list whose values a column counts; null for all other columns.</summary>
    public static string? ListOf(ColumnContract column)
        => column.Name.EndsWith(Tail, StringComparison.Ordinal) ? column.Name[..^Tail.Length] : null;
}
