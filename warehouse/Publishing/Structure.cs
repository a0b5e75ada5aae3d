using OpenData.Catalogs;

namespace OpenData.Warehouse.Publishing;

/// <summary>Pure: how the rows of one contract fit the table of another.</summary>
public static class Structure
{
    /// <summary>True when both have the same key columns with the same types.</summary>
    public static bool SameKey(DatasetContract one, DatasetContract other)
        => one.HasRowKey == other.HasRowKey
            && one.Key.SequenceEqual(other.Key, StringComparer.Ordinal)
            && (one.HasRowKey ? SameColumns(one, other) : one.Key.All(k => one.Column(k)?.Type == other.Column(k)?.Type));

    /// <summary>True when both have the same public columns with the same types, in any order.</summary>
    public static bool SameColumns(DatasetContract one, DatasetContract other)
        => one.PublicColumns.Count == other.PublicColumns.Count
            && one.PublicColumns.All(c => other.Column(c.Name)?.Type == c.Type);

    /// <summary>Columns of the newer contract that the older one has with the same type.</summary>
    public static IReadOnlyList<string> CommonColumns(DatasetContract older, DatasetContract newer)
        => [.. newer.PublicColumns.Where(c => older.Column(c.Name)?.Type == c.Type).Select(c => c.Name)];
}
