using OpenData.Catalogs;

namespace OpenData.Portal.Scores;

/// <summary>Where two frameworks differ, one thing that they speak of.</summary>
/// <param name="Subject">The framework as such, a main index, a component, a pillar or a league, in words.</param>
/// <param name="Rows">What is said of it: label, before, after; null where one says nothing.</param>
internal sealed record FrameworkDifference(LocalText Subject, IReadOnlyList<(LocalText Label, string? Before, string? After)> Rows);
