namespace OpenData.Ingest.Runs;

/// <summary>How long the steps of a run may take.</summary>
public sealed record StepLimits
{
    /// <summary>Reading the source (<c>INGEST_FETCH_SECONDS</c>), 1 second to 7 days. Default 2 hours.</summary>
    public TimeSpan Fetch { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Typing the records, or deriving them (<c>INGEST_STAGE_SECONDS</c>), 1 second to 7 days. Default 2 hours.</summary>
    public TimeSpan Stage { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Checking (<c>INGEST_VALIDATE_SECONDS</c>), 1 second to 7 days. Default 1 hour.</summary>
    public TimeSpan Validate { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Building and publishing the version (<c>INGEST_PUBLISH_SECONDS</c>), 1 second to 7 days. Default 2 hours.</summary>
    public TimeSpan Publish { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long a step that was told to stop may take to do so (<c>INGEST_STOP_SECONDS</c>), 1 to 3600 seconds. Default 30; then it hangs.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time of a step by its name; what reads sources has the time of <c>fetch</c>.</summary>
    internal TimeSpan Of(string step) => step switch
    {
        "stage" or "derive" => Stage,
        "validate" or "compare" => Validate,
        "prepare" or "publish" => Publish,
        _ => Fetch,
    };
}
