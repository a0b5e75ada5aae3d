namespace OpenData.Warehouse.Staging;

/// <summary>A change of a contract that the source's columns suggest. Nothing follows it by itself: a person accepts it.</summary>
/// <param name="Kind"><c>new_column</c> or <c>renamed_column</c>.</param>
/// <param name="Source">The source's name of the column.</param>
/// <param name="Column">Public name: of the new column, or of the one that has another name in the source now.</param>
/// <param name="Text">What the contract would say: the column as a YAML flow map, or the new <c>from</c> as a YAML scalar.</param>
/// <param name="Remark">What a person should look at; null when there is no doubt.</param>
public sealed record ProposedChange(string Kind, string Source, string Column, string Text, string? Remark);
