namespace OpenData.Catalogs;

/// <summary>Terms of use as dated data.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">Short name.</param>
/// <param name="Text">The terms in one or two sentences.</param>
/// <param name="Url">Where the full text is; null when none.</param>
/// <param name="Attribution">How to name the source; <c>{title}</c>, <c>{publisher}</c>, <c>{version}</c> are filled in.</param>
/// <param name="ValidFrom">First day.</param>
public sealed record License(string Id, LocalText Name, LocalText Text, string? Url, LocalText Attribution, DateOnly ValidFrom);
