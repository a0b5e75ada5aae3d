using OpenData.Catalogs;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Warehouse.Query;

/// <summary>One question to one version of a dataset: which columns of which rows in which order. Never mentions HTTP or SQL.</summary>
/// <param name="Contract">The contract, with the structure of the version.</param>
/// <param name="Columns">Columns wanted, at least one unless <see cref="IncludeRid"/>; see <see cref="RowKey.QueryColumns"/>.</param>
public sealed record DatasetQuery(DatasetContract Contract, IReadOnlyList<ColumnContract> Columns)
{
    /// <summary>What is made of the rows before anything else; all other parts of the query speak of the result.</summary>
    public IReadOnlyList<Transformation> Apply { get; init; } = [];

    /// <summary>True when all rows of the table as they are stored are meant.</summary>
    public bool IsWholeTable => Predicate is null && Apply.Count == 0;

    /// <summary>Relations whose rows are wanted with each row.</summary>
    public IReadOnlyList<Expansion> Expand { get; init; } = [];

    /// <summary>Tables that the query reaches over relations.</summary>
    public IReadOnlyList<RelatedTable> Related { get; init; } = [];

    /// <summary>Columns that the query adds; of these, <see cref="Columns"/> names the ones that are wanted.</summary>
    public IReadOnlyList<ComputedColumn> Computed { get; init; } = [];

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

    /// <summary>Only rows up to this position of the physical order; null means to the end.</summary>
    public long? ThroughRid { get; init; }

    /// <summary>
    /// True when the rows are wanted as they lie, without a sort: with <see cref="IncludeRid"/>, so that the reader can check the order, and
    /// without order, skip and top. The first row then comes at once, however long the table is.
    /// </summary>
    public bool AsStored { get; init; }

    /// <summary>Only rows at these positions, if they have the predicate; null means all. Where the row of a key lies is known without a scan.</summary>
    public IReadOnlyList<long>? Rids { get; init; }

    /// <summary>True when the predicate demands a key: it has one row at most, so there is nothing to order.</summary>
    public bool ByKey { get; init; }

    /// <summary>True when <c>_rid</c> is wanted as the last column, for the next page.</summary>
    public bool IncludeRid { get; init; }

    /// <summary>True when, behind <c>_rid</c>, the names of the columns that a row lacks are wanted; see <see cref="Transformation.LeavesOut"/>.</summary>
    public bool IncludeAbsent { get; init; }

    /// <summary>Bounds of the translation.</summary>
    public QueryLimits Limits { get; init; } = new();

    /// <summary>
    /// The same rows without a sort where the question allows it, else the question as it is. A part of the whole table is a closed range of
    /// <c>_rid</c>, since that counts the rows from 0 without a gap; which rows come is then certain, in which order the reader must check.
    /// </summary>
    public DatasetQuery Unsorted()
    {
        // A join gives rows in any order.
        if (OrderBy.Count > 0 || Apply.Count > 0 || Related.Count > 0 || (Predicate is not null && (Skip > 0 || Top is not null)))
        {
            return this;
        }

        var unsorted = this with { AsStored = true, IncludeRid = true, Skip = 0, Top = null };
        if (Predicate is not null)
        {
            return unsorted;
        }

        var first = Saturated(Saturated(AfterRid ?? -1, 1), Skip);
        return unsorted with
        {
            AfterRid = first > 0 ? first - 1 : null,
            ThroughRid = Top is { } top ? Saturated(first, top) - 1 : ThroughRid,
        };
    }

    internal static long Saturated(long position, long more) => position > long.MaxValue - more ? long.MaxValue : position + more;
}
