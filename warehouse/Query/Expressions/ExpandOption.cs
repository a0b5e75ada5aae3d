namespace OpenData.Warehouse.Query.Expressions;

/// <summary>One option inside the parentheses of an <c>$expand</c>.</summary>
/// <param name="Name">Its name in lower case, without <c>$</c>.</param>
/// <param name="Position">Where its name stands in the text.</param>
/// <param name="Value">Its text.</param>
/// <param name="ValuePosition">Where that begins.</param>
internal sealed record ExpandOption(string Name, int Position, string Value, int ValuePosition);
