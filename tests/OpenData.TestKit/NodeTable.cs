namespace OpenData.TestKit;

/// <summary>A table as another reader saw it.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Metadata">What the file says of itself.</param>
/// <param name="Batches">Rows of each batch or row group.</param>
/// <param name="Rows">Values as tests/clients/values.mjs spells them; null is null.</param>
public sealed record NodeTable(
    IReadOnlyList<NodeColumn> Columns,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyList<int> Batches,
    IReadOnlyList<string?[]> Rows);
