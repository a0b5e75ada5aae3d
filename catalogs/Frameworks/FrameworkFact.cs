namespace OpenData.Catalogs.Frameworks;

/// <summary>One thing that a framework says.</summary>
/// <param name="Path">What it is about, for example <c>components/1.04/points</c>.</param>
/// <param name="Text">What it says, in a spelling of its own for each value.</param>
public sealed record FrameworkFact(string Path, string Text);
