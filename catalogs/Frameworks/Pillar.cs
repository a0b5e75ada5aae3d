namespace OpenData.Catalogs.Frameworks;

/// <summary>A named set of main indices. Sets may overlap, so pillars are never added.</summary>
/// <param name="Code">Code, for example <c>DG</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="MainIndices">Codes of its main indices.</param>
/// <param name="Sourced">Whether the set is the act's own.</param>
public sealed record Pillar(string Code, LocalText Name, IReadOnlyList<string> MainIndices, bool Sourced)
{
    /// <summary>Its maximum as the act says it; null when it says none.</summary>
    public decimal? Points { get; init; }
}
