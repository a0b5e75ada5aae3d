using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Rounds;

/// <summary>A publication as the database has it.</summary>
internal sealed class RevisionRow
{
    internal const string Select =
        """
        select round_id as RoundId, number as Number, published_by as PublishedBy, published_at as PublishedAt, not_before as NotBefore,
            reason as Reason, last_sequence as LastSequence, result_hash as ResultHash from round_revisions
        """;

    internal const string Insert =
        """
        insert into round_revisions (round_id, number, published_by, published_at, not_before, reason, last_sequence, result_hash)
        values (@RoundId, @Number, @PublishedBy, @PublishedAt, @NotBefore, @Reason, @LastSequence, @ResultHash)
        """;

    public string RoundId { get; set; } = "";

    public long Number { get; set; }

    public string PublishedBy { get; set; } = "";

    public string PublishedAt { get; set; } = "";

    public string? NotBefore { get; set; }

    public string? Reason { get; set; }

    public long LastSequence { get; set; }

    public string ResultHash { get; set; } = "";

    internal static RevisionRow Of(RoundRevision revision) => new()
    {
        RoundId = revision.Round,
        Number = revision.Number,
        PublishedBy = revision.PublishedBy,
        PublishedAt = LedgerTime.ToText(revision.PublishedAt),
        NotBefore = revision.NotBefore is { } embargo ? LedgerTime.ToText(embargo) : null,
        Reason = revision.Reason,
        LastSequence = revision.LastSequence,
        ResultHash = revision.ResultHash,
    };

    internal RoundRevision ToRevision() => new(RoundId, (int)Number, PublishedBy, LedgerTime.FromText(PublishedAt), LastSequence, ResultHash)
    {
        NotBefore = LedgerTime.FromTextOrNull(NotBefore),
        Reason = Reason,
    };
}
