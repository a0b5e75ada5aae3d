namespace OpenData.Warehouse.Query.Expressions;

/// <summary>An infix operator.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Strength">Binding strength; greater binds tighter.</param>
internal readonly record struct Operator(OperatorKind Kind, int Strength);
