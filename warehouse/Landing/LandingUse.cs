namespace OpenData.Warehouse.Landing;

/// <summary>One run that landed a file.</summary>
/// <param name="Dataset">Dataset id.</param>
/// <param name="RunId">Run id.</param>
public sealed record LandingUse(string Dataset, string RunId);
