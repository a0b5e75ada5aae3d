namespace OpenData.Portal.Api;

/// <summary>A version of another open dataset.</summary>
public sealed record ParentDetail
{
    /// <summary>Dataset id.</summary>
    /// <example>administrative_units</example>
    public required string Dataset { get; init; }

    /// <summary>Version.</summary>
    /// <example>20261122T023015123Z-1a2b3c4d</example>
    public required string Version { get; init; }
}
