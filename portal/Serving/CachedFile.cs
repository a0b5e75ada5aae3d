namespace OpenData.Portal.Serving;

/// <summary>A whole file of the cache, open: it reads to its end also when the cache lets it go meanwhile. Dispose it, or its stream.</summary>
/// <param name="content">The bytes; seekable, at the beginning.</param>
/// <param name="sha256">SHA-256 of the bytes, lower-case hex.</param>
internal sealed class CachedFile(FileStream content, string sha256) : IDisposable
{
    /// <summary>The bytes; seekable, at the beginning.</summary>
    public Stream Content => content;

    /// <summary>Number of bytes.</summary>
    public long Length { get; } = content.Length;

    /// <summary>SHA-256 of the bytes, lower-case hex.</summary>
    public string Sha256 => sha256;

    /// <inheritdoc/>
    public void Dispose() => content.Dispose();
}
