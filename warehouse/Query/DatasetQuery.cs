using OpenData.Catalogs;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Warehouse.Query;

/// <summary>One question to one version of a dataset: which columns of which rows in which order. Never mentions HTTP or SQL.</summary>
/// <param name="Contract">The contract, with the structure of the version.</param>
/// <param name="Columns">Columns wanted, at least one; see <see cref="RowKey.QueryColumns"/>.</param>
public sealed record DatasetQuery(DatasetContract Contract, IReadOnlyList<ColumnContract> Columns)
{
    /// <summary>Which rows; null means all.</summary>
    public BoundExpression? Predicate { get; init; }

    /// <summary>In which order; empty means the physical order. Ties are always broken by the physical order.</summary>
    public IReadOnlyList<OrderTerm> OrderBy { get; init; } = [];

    /// <summary>Rows passed over at the front, at least 0.</summary>
    public long Skip { get; init; }

    /// <summary>Rows wanted at most; null means all.</summary>
    public long? Top { get; init; }

    /// <summary>Only rows behind this position of the physical order; null means from the start. Not together with <see cref="OrderBy"/>.</summary>
    public long? AfterRid { get; init; }

    /// <summary>
    /// True when the rows are wanted as they lie, without a sort: with <see cref="IncludeRid"/>, so that the reader can check the order, and
    /// without order, skip and top. The first row then comes at once, however long the table is.
    /// </summary>
    public bool AsStored { get; init; }

    /// <summary>True when <c>_rid</c> is wanted as the last column, for the next page.</summary>
    public bool IncludeRid { get; init; }

    /// <summary>Bounds of the translation.</summary>
    public QueryLimits Limits { get; init; } = new();
}
