namespace OpenData.Warehouse.Query.Expressions;

/// <summary>One item of a <c>$select</c>, as written.</summary>
/// <param name="Name">Name of a column or relation, or <c>*</c>.</param>
/// <param name="Position">Where it stands in the text.</param>
/// <param name="Options">The options in its parentheses.</param>
internal sealed record SelectItem(string Name, int Position, IReadOnlyList<NestedOption> Options);
