using OpenData.Catalogs.Errors;

namespace OpenData.Portal.Errors;

/// <summary>A failure as one caller sees it, in that caller's language; what every rendering starts from.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">Fixed title of the code.</param>
/// <param name="Detail">What happened this time.</param>
/// <param name="Position">Zero-based character position in the caller's text; null when there is none.</param>
/// <param name="Text">The caller's text in which the position counts; null when it is not known.</param>
/// <param name="Suggestion">What the caller could write instead; null when we do not know.</param>
/// <param name="RequestId">The id under which the log has this request.</param>
/// <param name="Language"><c>vi</c> or <c>en</c>.</param>
public sealed record ErrorView(
    ErrorCode Code,
    int Status,
    string Title,
    string Detail,
    int? Position,
    string? Text,
    string? Suggestion,
    string RequestId,
    string Language);
