namespace OpenData.Warehouse.Staging;

/// <summary>What readers noticed about the input's columns, over all files of one staging.</summary>
internal sealed class ReadNotes
{
    /// <summary>Source names that the contract does not know.</summary>
    public SortedSet<string> NewColumns { get; } = new(StringComparer.Ordinal);

    /// <summary>Public columns that the input lacks, where the contract allows it.</summary>
    public SortedSet<string> MissingColumns { get; } = new(StringComparer.Ordinal);
}
