namespace OpenData.Warehouse.Query.Expressions;

/// <summary>One term of an order; null is the lowest value.</summary>
/// <param name="Key">What is compared.</param>
/// <param name="Descending">Greatest first, nulls last.</param>
public sealed record OrderTerm(BoundExpression Key, bool Descending);
