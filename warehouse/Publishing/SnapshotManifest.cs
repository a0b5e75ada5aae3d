using System.Text.Json.Serialization;

namespace OpenData.Warehouse.Publishing;

/// <summary>What a version is made of: <c>manifest.json</c>. It stays for ever, also when the files are collected.</summary>
public sealed record SnapshotManifest
{
    /// <summary>Dataset id.</summary>
    public required string Dataset { get; init; }

    /// <summary>Version name; sorts by time.</summary>
    public required string Version { get; init; }

    /// <summary>Fencing token of the lease that published it.</summary>
    public required long Token { get; init; }

    /// <summary>SHA-256 of the part of the contract that changes bytes.</summary>
    public required string ContractHash { get; init; }

    /// <summary>SHA-256 of the canonical data part of the contract, a newline, and the plain CSV bytes.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Rows of the version.</summary>
    public required long Rows { get; init; }

    /// <summary>The version that was current before; null for the first.</summary>
    public string? PreviousVersion { get; init; }

    /// <summary>What became of the received records.</summary>
    public required RunCounts Counts { get; init; }

    /// <summary>Every file of the version but the manifest itself, whose hash stands in the publication file.</summary>
    public required IReadOnlyList<SnapshotFile> Files { get; init; }

    /// <summary>The plain CSV, which is stored as a gzip only; null in versions that were made before this was kept.</summary>
    public SnapshotFile? PlainCsv { get; init; }

    /// <summary>Run that published it.</summary>
    public required string RunId { get; init; }

    /// <summary>When the run began (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the source was read (UTC).</summary>
    public required DateTimeOffset ExtractedAt { get; init; }

    /// <summary>When the version was made (UTC).</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Why it was published, as an operator wrote it for the public; null when nobody wrote anything.</summary>
    public string? Reason { get; init; }

    /// <summary>Versions of other datasets that went into this one.</summary>
    public IReadOnlyList<SnapshotParent> Parents { get; init; } = [];

    /// <summary>Output column → <c>parent.column</c> names it is made of; empty for datasets read from a source.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lineage { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Refused records by rule and column.</summary>
    public IReadOnlyList<QuarantineCount> Quarantine { get; init; } = [];

    /// <summary>Outcome of every expectation.</summary>
    public IReadOnlyList<ExpectationOutcome> Expectations { get; init; } = [];

    /// <summary>Facts about each public column.</summary>
    public IReadOnlyList<ColumnProfile> Profiles { get; init; } = [];

    /// <summary>Rows that lost a cell to the disclosure rule.</summary>
    public long SuppressedRows { get; init; }

    /// <summary>Version of DuckDB that wrote the files.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>Version of our own writers; a new one may give other bytes for the same rows.</summary>
    public required string WriterVersion { get; init; }

    /// <summary>The file of that name, or null.</summary>
    public SnapshotFile? File(string name) => Files.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.Ordinal));

    /// <summary>Bytes of all files.</summary>
    [JsonIgnore]
    public long Bytes => Files.Sum(f => f.Bytes);
}
