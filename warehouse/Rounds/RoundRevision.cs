namespace OpenData.Warehouse.Rounds;

/// <summary>A publication of a round. A correction is a new one; earlier ones stay as they were.</summary>
/// <param name="Round">The round.</param>
/// <param name="Number">1 for the first.</param>
/// <param name="PublishedBy">Who.</param>
/// <param name="PublishedAt">When it was decided.</param>
/// <param name="LastSequence">The last change of the round that it holds: later entries are none of its.</param>
/// <param name="ResultHash">SHA-256 of its results, 64 hexadecimal digits in lower case.</param>
public sealed record RoundRevision(string Round, int Number, string PublishedBy, DateTimeOffset PublishedAt, long LastSequence, string ResultHash)
{
    /// <summary>Before this moment nobody sees it; null sets no embargo.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Why it was corrected; null for the first.</summary>
    public string? Reason { get; init; }

    /// <summary>True when the public may see it at that moment.</summary>
    public bool IsPublic(DateTimeOffset now) => NotBefore is not { } embargo || embargo <= now;
}
