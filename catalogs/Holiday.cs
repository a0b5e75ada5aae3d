namespace OpenData.Catalogs;

/// <summary>Days on which state agencies do not work.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day; the first again for a single one.</param>
/// <param name="Name">What is kept, for example Tết.</param>
/// <param name="Basis">The document that decides, for example <c>8726/VPCP-KGVX, 2024-11-26</c>.</param>
/// <param name="IsOfficial">False while the days are expected only, from the law, and no document names them yet.</param>
public sealed record Holiday(DateOnly From, DateOnly To, LocalText Name, string Basis, bool IsOfficial);
