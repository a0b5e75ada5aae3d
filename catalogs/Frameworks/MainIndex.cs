namespace OpenData.Catalogs.Frameworks;

/// <summary>A main index: a group of components with a maximum of its own.</summary>
/// <param name="Code">Code, for example <c>1</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="Points">Greatest number of points; zero for an index that is only monitored, null when unknown.</param>
/// <param name="Components">Components in order; empty when unknown.</param>
public sealed record MainIndex(string Code, LocalText Name, decimal? Points, IReadOnlyList<Component> Components)
{
    /// <summary>How many components the act names; null when unknown.</summary>
    public int? ComponentCount { get; init; }

    /// <summary>Whether the maximum is the act's own.</summary>
    public bool Sourced { get; init; }

    /// <summary>True for an index without weight: computed and shown, never added.</summary>
    public bool IsMonitored => Points == 0;
}
