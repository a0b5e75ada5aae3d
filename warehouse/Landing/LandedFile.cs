namespace OpenData.Warehouse.Landing;

/// <summary>Receipt of bytes that are safely landed, addressed by their hash. Only <see cref="LandingStore"/> makes one.</summary>
public sealed record LandedFile
{
    internal LandedFile(string sha256, long length, string path, DateTimeOffset fetchedAt, string origin)
    {
        Sha256 = sha256;
        Length = length;
        Path = path;
        FetchedAt = fetchedAt;
        Origin = origin;
        OriginalSha256 = sha256;
        OriginalLength = length;
    }

    /// <summary>Lower-case hexadecimal SHA-256 of the landed bytes; also the file's name.</summary>
    public string Sha256 { get; }

    /// <summary>Landed bytes.</summary>
    public long Length { get; }

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>When the bytes were fetched.</summary>
    public DateTimeOffset FetchedAt { get; }

    /// <summary>Where they came from, fit for the public: no secrets, no query string with a token.</summary>
    public string Origin { get; }

    /// <summary>SHA-256 of what the source sent; differs from <see cref="Sha256"/> when personal fields were dropped at the door.</summary>
    public string OriginalSha256 { get; internal init; }

    /// <summary>Bytes that the source sent.</summary>
    public long OriginalLength { get; internal init; }

    /// <summary>True when landing holds the records without their personal fields instead of the source's bytes.</summary>
    public bool IsCleaned { get; internal init; }
}
