namespace OpenData.Warehouse.Rounds;

/// <summary>Whose answer an entry is. The names in lower case stand in the database.</summary>
public enum EntryKind
{
    /// <summary>The unit's own.</summary>
    Self,

    /// <summary>Computed from published datasets.</summary>
    Automatic,

    /// <summary>The verifier's.</summary>
    Verified,

    /// <summary>The unit's objection to what was verified, with what it holds right.</summary>
    Appeal,

    /// <summary>The council's.</summary>
    Council,
}
