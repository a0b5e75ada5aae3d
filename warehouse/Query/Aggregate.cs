using OpenData.Catalogs;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Warehouse.Query;

/// <summary>A value made of a group of rows.</summary>
/// <param name="Column">Name and type of the result.</param>
/// <param name="Method">How.</param>
/// <param name="Value">Of what; null when rows are counted.</param>
public sealed record Aggregate(ColumnContract Column, AggregateMethod Method, BoundExpression? Value);
