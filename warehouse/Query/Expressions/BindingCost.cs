using System.Runtime.InteropServices;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>What binding has added up.</summary>
/// <param name="Nodes">Nodes.</param>
/// <param name="Text">Bytes of text that functions make of one row; <see cref="QueryLimits.MadeTextMax"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BindingCost(int Nodes, long Text);
