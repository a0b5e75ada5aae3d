using OpenData.Catalogs;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Warehouse.Query;

/// <summary>One step from the rows of a table to what a query asks of them (<c>$apply</c>).</summary>
public abstract record Transformation
{
    private Transformation()
    {
    }

    /// <summary>Columns whose groups are each transformed by themselves; empty when all rows are one group.</summary>
    public IReadOnlyList<ColumnContract> Within { get; init; } = [];

    /// <summary>True when rows of the result may lack columns: those of a coarser level, or of another branch.</summary>
    public static bool LeavesOut(IReadOnlyList<Transformation> steps) => steps.LastOrDefault(s => s is Group or Concat) switch
    {
        Group group => group.Rollup.Count > 0,
        Concat concat => concat.Branches.Any(b => LeavesOut(b.Steps) || b.Columns.Count < concat.Columns.Count),
        _ => false,
    };

    /// <summary>Keeps rows.</summary>
    public sealed record Filter(BoundExpression Condition) : Transformation;

    /// <summary>Adds columns.</summary>
    public sealed record Compute(IReadOnlyList<ComputedColumn> Columns) : Transformation;

    /// <summary>Makes one row of all rows that are equal in the columns; one row of all rows when there are none.</summary>
    public sealed record Group(IReadOnlyList<ColumnContract> By, IReadOnlyList<Aggregate> Aggregates) : Transformation
    {
        /// <summary>The last of <see cref="By"/>, from the coarsest to the finest, when rows of the coarser levels are wanted too; empty or two at least.</summary>
        public IReadOnlyList<ColumnContract> Rollup { get; init; } = [];
    }

    /// <summary>Keeps the first rows of an order; ties are broken by the order of the rows before.</summary>
    public sealed record First(long Count, OrderTerm Order) : Transformation;

    /// <summary>Keeps the first rows of an order until their values add up to a limit, or to so many hundredths of the sum of all. Rows without a value are left out.</summary>
    public sealed record Until(BoundExpression.Constant Limit, bool IsPercent, OrderTerm Order) : Transformation;

    /// <summary>Puts the rows into an order; ties are broken by the order of the rows before.</summary>
    public sealed record Sort(IReadOnlyList<OrderTerm> Terms) : Transformation;

    /// <summary>Passes over rows, then keeps so many; null means all.</summary>
    public sealed record Slice(long Skip, long? Top) : Transformation;

    /// <summary>The results of several sequences one behind another.</summary>
    /// <param name="Branches">Each sequence with the columns of its result.</param>
    /// <param name="Columns">All columns of the result.</param>
    public sealed record Concat(IReadOnlyList<(IReadOnlyList<Transformation> Steps, IReadOnlyList<ColumnContract> Columns)> Branches, IReadOnlyList<ColumnContract> Columns)
        : Transformation;
}
