using OpenData.Catalogs;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Warehouse.Query;

/// <summary>A column that one query adds to a table.</summary>
/// <param name="Column">Name and type, as if a contract had it.</param>
/// <param name="Expression">What its values are.</param>
public sealed record ComputedColumn(ColumnContract Column, BoundExpression Expression);
