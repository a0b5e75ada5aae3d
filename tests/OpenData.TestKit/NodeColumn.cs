namespace OpenData.TestKit;

/// <summary>A column as another reader saw it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, in the reader's words.</param>
/// <param name="Nulls">Rows without a value.</param>
/// <param name="Metadata">What the file says of the column.</param>
public sealed record NodeColumn(string Name, string Type, int Nulls, IReadOnlyDictionary<string, string> Metadata);
