namespace OpenData.Catalogs.Frameworks;

/// <summary>A level or a part of a formula.</summary>
/// <param name="Name">Its word in answers.</param>
/// <param name="Share">Share of the component's points, 0 to 1.</param>
public sealed record FormulaLevel(string Name, decimal Share);
