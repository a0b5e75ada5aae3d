using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Rounds;

/// <summary>Evidence as the database has it.</summary>
internal sealed class EvidenceRow
{
    internal const string Select =
        """
        select round_id as RoundId, id as Id, unit as Unit, sha256 as Sha256, document_number as DocumentNumber,
            document_date as DocumentDate, file_name as FileName, media_type as MediaType, bytes as Bytes, added_by as AddedBy,
            added_at as AddedAt from round_evidence
        """;

    internal const string Insert =
        """
        insert into round_evidence (round_id, id, unit, sha256, document_number, document_date, file_name, media_type, bytes, added_by, added_at)
        values (@RoundId, @Id, @Unit, @Sha256, @DocumentNumber, @DocumentDate, @FileName, @MediaType, @Bytes, @AddedBy, @AddedAt)
        """;

    public string RoundId { get; set; } = "";

    public string Id { get; set; } = "";

    public string Unit { get; set; } = "";

    public string Sha256 { get; set; } = "";

    public string? DocumentNumber { get; set; }

    public string? DocumentDate { get; set; }

    public string FileName { get; set; } = "";

    public string MediaType { get; set; } = "";

    public long Bytes { get; set; }

    public string AddedBy { get; set; } = "";

    public string AddedAt { get; set; } = "";

    internal static EvidenceRow Of(RoundEvidence evidence) => new()
    {
        RoundId = evidence.Round,
        Id = evidence.Id,
        Unit = evidence.Unit,
        Sha256 = evidence.Sha256,
        DocumentNumber = evidence.DocumentNumber,
        DocumentDate = evidence.DocumentDate is { } day ? DayText.Of(day) : null,
        FileName = evidence.FileName,
        MediaType = evidence.MediaType,
        Bytes = evidence.Bytes,
        AddedBy = evidence.AddedBy,
        AddedAt = LedgerTime.ToText(evidence.AddedAt),
    };

    internal RoundEvidence ToEvidence() => new(Id, RoundId, Unit, Sha256, FileName, MediaType, Bytes, AddedBy, LedgerTime.FromText(AddedAt))
    {
        DocumentNumber = DocumentNumber,
        DocumentDate = DocumentDate is { } day ? DayText.To(day) : null,
    };
}
