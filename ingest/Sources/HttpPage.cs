namespace OpenData.Ingest.Sources;

/// <summary>One page of a JSON endpoint.</summary>
/// <param name="Bytes">The body.</param>
/// <param name="NextLink">Address in the Link header with <c>rel="next"</c>; null when none.</param>
/// <param name="FetchedAt">When it was asked for.</param>
/// <param name="Origin">Where it came from, without secrets.</param>
/// <param name="Status">HTTP status; other than 200 only where the source explains itself with one.</param>
internal sealed record HttpPage(byte[] Bytes, string? NextLink, DateTimeOffset FetchedAt, string Origin, int Status);
