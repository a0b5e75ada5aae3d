using System.Runtime.InteropServices;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>What a column that a query makes stands for, and what it costs wherever it is named.</summary>
/// <param name="Expression">What its name means: the expression again, or the column of the step before.</param>
/// <param name="Cost">Nodes and text of its making.</param>
/// <param name="TextLength">Greatest length of its text; 0 for other values.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MadeColumn(BoundExpression Expression, BindingCost Cost, long TextLength);
