using OpenData.Warehouse.Approvals;

namespace OpenData.Warehouse.Ledger;

/// <summary>A row of the table <c>waiting_versions</c> as Dapper fills it.</summary>
internal sealed class WaitingRow
{
    internal const string Select = """
        select run_id as RunId, dataset as Dataset, content_hash as ContentHash, contract_hash as ContractHash, manifest_sha256 as ManifestSha256,
            base_version as BaseVersion, proposed_by as ProposedBy, waiting_since as WaitingSince, earliest_at as EarliestAt, not_before as NotBefore,
            state as State, decided_by as DecidedBy, decided_at as DecidedAt, reason as Reason, version as Version from waiting_versions
        """;

    public string RunId { get; set; } = "";

    public string Dataset { get; set; } = "";

    public string ContentHash { get; set; } = "";

    public string ContractHash { get; set; } = "";

    public string ManifestSha256 { get; set; } = "";

    public string? BaseVersion { get; set; }

    public string ProposedBy { get; set; } = "";

    public string WaitingSince { get; set; } = "";

    public string? EarliestAt { get; set; }

    public string? NotBefore { get; set; }

    public string State { get; set; } = "";

    public string? DecidedBy { get; set; }

    public string? DecidedAt { get; set; }

    public string? Reason { get; set; }

    public string? Version { get; set; }

    // Names of persons hold no control characters, so that a line is a name.
    internal static string Lines(IEnumerable<string> names) => string.Join('\n', names.Distinct(StringComparer.Ordinal));

    internal WaitingVersion ToVersion() => new(RunId, Dataset, ContentHash, ContractHash, ManifestSha256)
    {
        BaseVersion = BaseVersion,
        ProposedBy = ProposedBy.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        WaitingSince = LedgerTime.FromText(WaitingSince),
        EarliestAt = LedgerTime.FromTextOrNull(EarliestAt),
        NotBefore = LedgerTime.FromTextOrNull(NotBefore),
        State = Enum.Parse<WaitingState>(State, ignoreCase: true),
        DecidedBy = DecidedBy,
        DecidedAt = LedgerTime.FromTextOrNull(DecidedAt),
        Reason = Reason,
        Version = Version,
    };
}
