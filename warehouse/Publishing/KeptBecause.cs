namespace OpenData.Warehouse.Publishing;

/// <summary>The strongest reason for which a version's files are there.</summary>
public enum KeptBecause
{
    /// <summary>It is the current version.</summary>
    Current,

    /// <summary>An operator pinned it.</summary>
    Pinned,

    /// <summary>It was the last of its month: it stays for ever.</summary>
    LastOfMonth,

    /// <summary>It is among the newest that the contract keeps.</summary>
    AmongNewest,

    /// <summary>It was replaced less than a day ago.</summary>
    ReplacedRecently,

    /// <summary>Nothing keeps it any more: it goes at the next collection.</summary>
    MayGo,
}
