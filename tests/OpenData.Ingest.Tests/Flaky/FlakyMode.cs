namespace OpenData.Ingest.Tests.Flaky;

/// <summary>One way in which an agency misbehaves, and what must become of it.</summary>
/// <param name="Name">Short name; the dataset of the run is called so.</param>
/// <param name="What">What the agency does.</param>
/// <param name="Code">The named error that the run ends with; null when the run publishes all the same.</param>
/// <param name="Answer">How it answers.</param>
internal sealed record FlakyMode(string Name, string What, string? Code, Func<RawExchange, Task> Answer)
{
    /// <summary>True for a JSON endpoint with pages; else one CSV body.</summary>
    public bool Paged { get; init; }

    /// <summary>Paging as the contract has it.</summary>
    public string Paging { get; init; } = "{ style: page, parameter: p }";

    /// <summary>Where the contract's address leads while the agency misbehaves; null leaves it.</summary>
    public Func<int, string>? Address { get; init; }

    /// <summary>Requests that are made; null where the number says nothing.</summary>
    public int? Requests { get; init; }
}
