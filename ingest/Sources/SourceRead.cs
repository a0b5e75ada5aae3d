using OpenData.Catalogs;
using OpenData.Warehouse.Landing;

namespace OpenData.Ingest.Sources;

/// <summary>One reading of a source for one run.</summary>
/// <param name="Contract">The dataset.</param>
/// <param name="Since">Inclusive lower bound of an incremental reading; null reads everything.</param>
/// <param name="Land">Takes a body into the landing; a failure of the body passes through it and lands nothing.</param>
public sealed record SourceRead(
    DatasetContract Contract,
    DateTimeOffset? Since,
    Func<SourceBody, CancellationToken, Task<LandedFile>> Land)
{
    /// <summary>Inclusive lower bound where the column counts instead of telling a time; null reads everything.</summary>
    public long? SinceNumber { get; init; }

    /// <summary>Upper bound of a window of a backfill; null reads to the end. Whether the source takes it in does not matter: the next window begins there.</summary>
    public DateTimeOffset? Until { get; init; }
}
