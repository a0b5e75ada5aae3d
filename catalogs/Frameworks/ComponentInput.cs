namespace OpenData.Catalogs.Frameworks;

/// <summary>What one input of a formula means.</summary>
/// <param name="Role">The formula's name for it: <c>a</c>, <c>b</c>, <c>n</c>, <c>level</c>, a part, …</param>
/// <param name="Title">What is asked.</param>
/// <param name="Unit">Unit of measure; null for none.</param>
public sealed record ComponentInput(string Role, LocalText Title, string? Unit);
