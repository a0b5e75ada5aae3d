namespace OpenData.Ingest.Sources;

/// <summary>A file of a folder as it stood when we looked.</summary>
/// <param name="Name">Its name, without the folder.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Written">When it was last written.</param>
internal sealed record DroppedFile(string Name, long Length, DateTimeOffset Written);
