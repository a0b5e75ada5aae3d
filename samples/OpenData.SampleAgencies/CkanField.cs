namespace OpenData.SampleAgencies;

/// <summary>A field of a CKAN table.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Type">Type of the column in PostgreSQL: <c>text</c>, <c>numeric</c>, <c>date</c> or <c>int</c>.</param>
internal sealed record CkanField(string Id, string Type);
