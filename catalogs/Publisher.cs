namespace OpenData.Catalogs;

/// <summary>The agency that answers for the data (a DCAT agent).</summary>
/// <param name="Id">Stable id, <c>[a-z][a-z0-9_]*</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="AgencyCode">Electronic identification code of the agency; null when not known.</param>
/// <param name="Email">Public address for questions.</param>
/// <param name="Url">Home page; null when none.</param>
public sealed record Publisher(string Id, LocalText Name, string? AgencyCode, string? Email, string? Url);
