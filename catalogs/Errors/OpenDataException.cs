namespace OpenData.Catalogs.Errors;

/// <summary>A failure with a stable code and a sentence that a caller may read: never a path, SQL or a stack.</summary>
public sealed class OpenDataException : Exception
{
    /// <summary>Makes the failure.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="detail">What happened this time, fit for the public.</param>
    /// <param name="position">Zero-based character position in the caller's text, where there is one.</param>
    /// <param name="suggestion">What the caller could write instead, where we know.</param>
    /// <param name="inner">The cause; for logs only.</param>
    public OpenDataException(ErrorCode code, LocalText detail, int? position = null, string? suggestion = null, Exception? inner = null)
        : base($"{code.Code}: {detail.En}", inner)
    {
        Code = code;
        Detail = detail;
        Position = position;
        Suggestion = suggestion;
    }

    /// <summary>The stable code.</summary>
    public ErrorCode Code { get; }

    /// <summary>What happened this time.</summary>
    public LocalText Detail { get; }

    /// <summary>Zero-based character position in the caller's text.</summary>
    public int? Position { get; }

    /// <summary>What the caller could write instead.</summary>
    public string? Suggestion { get; }

    /// <summary>The text in which <see cref="Position"/> counts, where it is known.</summary>
    public string? Text { get; private set; }

    /// <summary>Names the text of the position. The innermost reader names it first, and is right.</summary>
    public void LiesIn(string text) => Text ??= Position is null ? null : text;
}
