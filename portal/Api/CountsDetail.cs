namespace OpenData.Portal.Api;

/// <summary>What became of every received record; each one is counted once.</summary>
public sealed record CountsDetail
{
    /// <summary>Records in the input: the sum of all the others but <c>removed</c>.</summary>
    /// <example>61240</example>
    public required long Received { get; init; }

    /// <summary>Records with a new key.</summary>
    /// <example>120</example>
    public required long Inserted { get; init; }

    /// <summary>Records that change a published row.</summary>
    /// <example>30</example>
    public required long Updated { get; init; }

    /// <summary>Records equal to a published row.</summary>
    /// <example>61080</example>
    public required long Unchanged { get; init; }

    /// <summary>Records that delete their key.</summary>
    /// <example>0</example>
    public required long Deleted { get; init; }

    /// <summary>Records that lost to a later one of the same key.</summary>
    /// <example>4</example>
    public required long Superseded { get; init; }

    /// <summary>Records equal to another one.</summary>
    /// <example>3</example>
    public required long Duplicates { get; init; }

    /// <summary>Records refused by a rule.</summary>
    /// <example>3</example>
    public required long Quarantined { get; init; }

    /// <summary>Rows of the previous version that the input no longer holds; not received records.</summary>
    /// <example>0</example>
    public required long Removed { get; init; }
}
