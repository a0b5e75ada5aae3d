namespace OpenData.Portal.Serving;

/// <summary>Body of the health addresses.</summary>
/// <param name="Status"><c>live</c>, <c>starting</c> or <c>ready</c>.</param>
/// <param name="Datasets">Datasets served; null before the first reading.</param>
/// <param name="Awaited">Open datasets of the catalogue without a version; null before the first reading.</param>
internal sealed record HealthAnswer(string Status, int? Datasets, int? Awaited);
