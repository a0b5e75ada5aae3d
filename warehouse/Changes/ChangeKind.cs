namespace OpenData.Warehouse.Changes;

/// <summary>What became of a row between two versions.</summary>
public enum ChangeKind
{
    /// <summary>Only the newer version has its key.</summary>
    Added,

    /// <summary>Both have its key, with different values.</summary>
    Changed,

    /// <summary>Only the older version has its key.</summary>
    Removed,
}
