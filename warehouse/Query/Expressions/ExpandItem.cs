namespace OpenData.Warehouse.Query.Expressions;

/// <summary>One item of an <c>$expand</c>, as written.</summary>
/// <param name="Name">Name of the relation, or <c>*</c>.</param>
/// <param name="Position">Where it stands in the text.</param>
/// <param name="Part">What of the rows is wanted: all that they have, their number, their addresses.</param>
/// <param name="Options">The options in its parentheses.</param>
internal sealed record ExpandItem(string Name, int Position, ExpandedPart Part, IReadOnlyList<NestedOption> Options);
