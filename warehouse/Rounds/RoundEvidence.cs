namespace OpenData.Warehouse.Rounds;

/// <summary>A document that supports an answer: what is known of it, never its bytes.</summary>
/// <param name="Id">Id within the round.</param>
/// <param name="Round">The round.</param>
/// <param name="Unit">The unit that gave it.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 hexadecimal digits in lower case; its name below <c>data/evidence</c>.</param>
/// <param name="FileName">Name under which it was given; not published.</param>
/// <param name="MediaType">Media type by its content.</param>
/// <param name="Bytes">Size.</param>
/// <param name="AddedBy">Who gave it.</param>
/// <param name="AddedAt">When.</param>
public sealed record RoundEvidence(
    string Id, string Round, string Unit, string Sha256, string FileName, string MediaType, long Bytes, string AddedBy, DateTimeOffset AddedAt)
{
    /// <summary>Number of the document; null when it has none.</summary>
    public string? DocumentNumber { get; init; }

    /// <summary>Date of the document; null when it has none.</summary>
    public DateOnly? DocumentDate { get; init; }
}
