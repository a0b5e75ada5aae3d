namespace OpenData.Portal.Scores.Boards;

/// <summary>A reference to a document: no file, no name of a file, no people.</summary>
/// <param name="DocumentNumber">Number of the document; null when unknown.</param>
/// <param name="DocumentDate">Its date; null when unknown.</param>
/// <param name="Sha256">Hash of its file.</param>
public sealed record BoardEvidence(string? DocumentNumber, DateOnly? DocumentDate, string Sha256);
