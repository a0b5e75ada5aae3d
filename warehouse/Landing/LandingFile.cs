namespace OpenData.Warehouse.Landing;

/// <summary>A file in landing as it lies there.</summary>
/// <param name="Sha256">Its name.</param>
/// <param name="LandedAt">When these bytes were landed last.</param>
/// <param name="Bytes">Length.</param>
public sealed record LandingFile(string Sha256, DateTimeOffset LandedAt, long Bytes);
