using OpenData.Catalogs;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Warehouse.Query;

/// <summary>One step from the rows of a table to what a query asks of them (<c>$apply</c>).</summary>
public abstract record Transformation
{
    private Transformation()
    {
    }

    /// <summary>Keeps rows.</summary>
    public sealed record Filter(BoundExpression Condition) : Transformation;

    /// <summary>Adds columns.</summary>
    public sealed record Compute(IReadOnlyList<ComputedColumn> Columns) : Transformation;

    /// <summary>Makes one row of all rows that are equal in the columns; one row of all rows when there are none.</summary>
    public sealed record Group(IReadOnlyList<ColumnContract> By, IReadOnlyList<Aggregate> Aggregates) : Transformation;

    /// <summary>Keeps the first rows of an order; ties are broken by the order of the rows before.</summary>
    public sealed record First(long Count, OrderTerm Order) : Transformation;
}
