namespace OpenData.Warehouse.Publishing;

/// <summary>What is wrong with a file of a version.</summary>
public enum DamageKind
{
    /// <summary>The file is not there.</summary>
    Missing,

    /// <summary>The length is not the manifest's.</summary>
    Length,

    /// <summary>The checksum is not the manifest's (or, for the manifest, the publication file's).</summary>
    Checksum,

    /// <summary>The file cannot be read.</summary>
    Unreadable,

    /// <summary>The file is no manifest or publication file at all.</summary>
    Malformed,

    /// <summary>The file stands in no manifest.</summary>
    Unlisted,
}
