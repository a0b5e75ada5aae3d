namespace OpenData.Portal.Api;

/// <summary>A failure (RFC 9457).</summary>
public sealed record Problem
{
    /// <summary>Names the kind of failure.</summary>
    /// <example>urn:opendata:error:OD9030</example>
    public required string Type { get; init; }

    /// <summary>Fixed title of the code, in the caller's language.</summary>
    /// <example>Unknown dataset</example>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    /// <example>404</example>
    public required int Status { get; init; }

    /// <summary>What happened this time, in the caller's language.</summary>
    /// <example>No open dataset has this id.</example>
    public required string Detail { get; init; }

    /// <summary>Path of the request.</summary>
    /// <example>/api/v1/datasets/one_stop_case</example>
    public required string Instance { get; init; }

    /// <summary>Stable code.</summary>
    /// <example>OD9030</example>
    public required string Code { get; init; }

    /// <summary>Zero-based character position in the caller's text, where there is one.</summary>
    public int? Position { get; init; }

    /// <summary>A piece of that text around the position, and below it a caret under the place.</summary>
    public IReadOnlyList<string>? Pointer { get; init; }

    /// <summary>What the caller could write instead, where we know.</summary>
    /// <example>one_stop_cases</example>
    public string? Suggestion { get; init; }

    /// <summary>Id under which our log has the request.</summary>
    /// <example>3fe44cbb7a05a13a</example>
    public required string RequestId { get; init; }
}
