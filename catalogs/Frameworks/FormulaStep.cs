namespace OpenData.Catalogs.Frameworks;

/// <summary>A step: what a value is worth from here on.</summary>
/// <param name="From">Least value, inclusive.</param>
/// <param name="Share">Share of the component's points, 0 to 1.</param>
public sealed record FormulaStep(decimal From, decimal Share);
