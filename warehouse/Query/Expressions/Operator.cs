using System.Runtime.InteropServices;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>An infix operator.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Strength">Binding strength; greater binds tighter.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Operator(OperatorKind Kind, int Strength);
