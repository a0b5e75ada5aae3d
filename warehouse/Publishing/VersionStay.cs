namespace OpenData.Warehouse.Publishing;

/// <summary>Why a version's files are there, and how long they stay at least.</summary>
/// <param name="Version">Version name.</param>
/// <param name="Because">The strongest reason.</param>
/// <param name="Until">They stay at least until then, past for one that may go; null: the reason sets no end in time.</param>
public sealed record VersionStay(string Version, KeptBecause Because, DateTimeOffset? Until)
{
    /// <summary>Why an operator pinned it; null when nobody did.</summary>
    public string? PinReason { get; init; }

    /// <summary>After so many more versions it is no longer among the newest; null for other reasons.</summary>
    public int? VersionsLeft { get; init; }
}
