namespace OpenData.Catalogs;

/// <summary>A Saturday or Sunday that is worked in place of another day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Basis">The document that decides.</param>
/// <param name="IsOfficial">False while it is expected only.</param>
public sealed record MakeUpDay(DateOnly Day, string Basis, bool IsOfficial);
