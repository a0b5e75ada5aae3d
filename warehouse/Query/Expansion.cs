namespace OpenData.Warehouse.Query;

/// <summary>The rows to which a relation leads, wanted with each row of a query (<c>$expand</c>).</summary>
/// <param name="Relation">The relation.</param>
/// <param name="Query">Which columns of which of these rows in which order; its skip and top hold for each row by itself.</param>
public sealed record Expansion(Relation Relation, DatasetQuery Query)
{
    /// <summary>True when the number of all rows of the predicate is wanted beside them.</summary>
    public bool WithCount { get; init; }

    /// <summary>What of the rows is wanted.</summary>
    public ExpandedPart Part { get; init; }
}
