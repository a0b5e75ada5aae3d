namespace OpenData.Catalogs.Frameworks;

/// <summary>A condition on the rows that an automatic input looks at.</summary>
/// <param name="Column">Column of the dataset.</param>
/// <param name="Values">A row counts when the column has one of these values, written as the column's type writes them; a row without value never does.</param>
public sealed record AutomaticFilter(string Column, IReadOnlyList<string> Values);
