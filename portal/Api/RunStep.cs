namespace OpenData.Portal.Api;

/// <summary>A finished step of a run.</summary>
public sealed record RunStep
{
    /// <summary><c>fetch</c>, <c>stage</c>, <c>validate</c> or <c>publish</c>.</summary>
    /// <example>stage</example>
    public required string Name { get; init; }

    /// <summary>Begin (UTC).</summary>
    /// <example>2026-11-22T02:29:59Z</example>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    /// <example>3.2</example>
    public required double Seconds { get; init; }

    /// <summary>Records handed on.</summary>
    /// <example>61240</example>
    public long? Records { get; init; }

    /// <summary>Bytes written.</summary>
    /// <example>10233411</example>
    public long? Bytes { get; init; }
}
