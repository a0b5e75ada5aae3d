using OpenData.Catalogs;

namespace OpenData.Warehouse.Export;

/// <summary>What rows are: their columns, and what a file says of itself (title, source, licence, version).</summary>
/// <param name="Contract">The contract, with the structure of the version.</param>
/// <param name="Columns">The contract columns that the result has, in its order.</param>
public sealed record TableDescription(DatasetContract Contract, IReadOnlyList<ColumnContract> Columns)
{
    /// <summary>Version the rows are of; null outside of published data.</summary>
    public string? Version { get; init; }

    /// <summary>When the version was published.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Who answers for the data; null when the register does not know.</summary>
    public Publisher? Publisher { get; init; }

    /// <summary>Its licence; null when the register does not know.</summary>
    public License? License { get; init; }

    /// <summary>Public address of the version; null when there is none.</summary>
    public Uri? Address { get; init; }

    /// <summary>Least and greatest value of a column in the whole version, by column name; a column may be missing.</summary>
    public IReadOnlyDictionary<string, ColumnRange> Ranges { get; init; } = new Dictionary<string, ColumnRange>(StringComparer.Ordinal);
}
