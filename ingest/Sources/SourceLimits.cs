namespace OpenData.Ingest.Sources;

/// <summary>Bounds on what a source may do to us. Every one has a documented default (docs/operations.md).</summary>
public sealed record SourceLimits
{
    /// <summary>Time to connect, TLS included. Default 10 seconds.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time from the request to the head of the answer. Default 60 seconds.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time between two pieces of a body. Default 30 seconds.</summary>
    public TimeSpan Read { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time for one whole body. Default 30 minutes.</summary>
    public TimeSpan Body { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Size of one body in bytes. Default 4 GiB.</summary>
    public long BodyBytesMax { get; init; } = 4L << 30;

    /// <summary>Size of one JSON page in bytes. Default 64 MiB.</summary>
    public int PageBytesMax { get; init; } = 64 << 20;

    /// <summary>Pages of one reading. Default 100,000.</summary>
    public int PagesMax { get; init; } = 100_000;

    /// <summary>Keys remembered to compare pages with each other; beyond, those of the oldest pages are forgotten. Default 1,000,000 (28 MiB).</summary>
    public int PageKeysMax { get; init; } = 1_000_000;

    /// <summary>How long a file of a folder must not have been written to before it is read. Default 2 seconds.</summary>
    public TimeSpan DropQuiet { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How old an unfinished file of a folder (<c>.part</c> and the like) is when it counts as given up. Default 1 hour.</summary>
    public TimeSpan DropGivenUp { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Redirects of one request. Default 5.</summary>
    public int RedirectsMax { get; init; } = 5;

    /// <summary>Tries of one request, the first included. Default 4.</summary>
    public int TriesMax { get; init; } = 4;

    /// <summary>Wait before the second try; doubles each time, with jitter of half. Default 0.5 seconds.</summary>
    public TimeSpan RetryWait { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest wait before one try; a longer Retry-After ends the run. Default 60 seconds.</summary>
    public TimeSpan RetryWaitMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>All repeated tries of one run together. Default 20.</summary>
    public int RetriesPerRunMax { get; init; } = 20;
}
