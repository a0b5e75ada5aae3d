namespace OpenData.Ingest.Sources;

/// <summary>One body as a source gives it: a file, an answer, or one page.</summary>
/// <param name="Stream">The bytes; reading may throw named failures. Owned by the source.</param>
/// <param name="Origin">Where it came from, as the contract writes it (placeholders unfilled, so without secrets).</param>
/// <param name="FetchedAt">When it was asked for.</param>
public sealed record SourceBody(Stream Stream, string Origin, DateTimeOffset FetchedAt);
