namespace OpenData.Catalogs.Frameworks;

/// <summary>One difference between two frameworks.</summary>
/// <param name="Path">What it is about, for example <c>components/1.04/points</c>.</param>
/// <param name="Before">What the first says; null when it says nothing.</param>
/// <param name="After">What the second says; null when it says nothing.</param>
public sealed record FrameworkChange(string Path, string? Before, string? After);
