namespace OpenData.Portal.Api;

/// <summary>One run with its steps.</summary>
public sealed record RunDetail
{
    /// <summary>The run.</summary>
    public required RunSummary Run { get; init; }

    /// <summary>Finished steps in order.</summary>
    public required IReadOnlyList<RunStep> Steps { get; init; }

    /// <summary>Refused records by rule; never their content.</summary>
    public required IReadOnlyList<RefusalCount> Quarantine { get; init; }
}
