namespace OpenData.Catalogs.Frameworks;

/// <summary>A scoring framework of one level of government and one period: main indices, their components and how they are scored. Data, not code.</summary>
/// <param name="Id">Stable id, the file's name.</param>
/// <param name="Version">Grows with every change; a version is frozen once a round opens under it.</param>
/// <param name="Title">Title.</param>
/// <param name="Level">What is assessed.</param>
/// <param name="Total">Greatest number of points, usually 1,000.</param>
/// <param name="MainIndices">Main indices in the framework's order.</param>
public sealed record Framework(
    string Id,
    int Version,
    LocalText Title,
    UnitLevel Level,
    decimal Total,
    IReadOnlyList<MainIndex> MainIndices)
{
    /// <summary>Explains what is official and what is proposed; null when nothing needs saying.</summary>
    public LocalText? Note { get; init; }

    /// <summary>Number of the legal act; null for a proposal without one.</summary>
    public string? Act { get; init; }

    /// <summary>First day on which the act holds; null when unknown.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day; null while it is in force or when unknown.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Years of assessment; empty when unknown.</summary>
    public IReadOnlyList<int> Years { get; init; } = [];

    /// <summary>How many components the act names; null when unknown.</summary>
    public int? ComponentCount { get; init; }

    /// <summary>False when structure or points are a proposal: every page says so.</summary>
    public bool Sourced { get; init; }

    /// <summary>Where its facts come from; empty for a proposal.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Named sets of main indices; they may overlap and are never added.</summary>
    public IReadOnlyList<Pillar> Pillars { get; init; } = [];

    /// <summary>Leagues in which units are ranked; without any, all units are one league.</summary>
    public IReadOnlyList<PeerGroup> PeerGroups { get; init; } = [];

    /// <summary>Whether ranks are taken from unrounded or from published values.</summary>
    public RankBasis RankBy { get; init; } = RankBasis.Unrounded;

    /// <summary>Decimals of published values (points ÷ maximum).</summary>
    public int Decimals { get; init; } = 4;

    /// <summary>True when some maximum or component is not known: the framework can be shown and compared, not scored.</summary>
    public bool IsStructureOnly { get; init; }

    /// <summary>File, relative to the catalogue folder.</summary>
    public string File { get; init; } = "";

    /// <summary>The file's text, as it was read; empty for a framework that was made in memory.</summary>
    public string Yaml { get; init; } = "";

    /// <summary>All components, in order.</summary>
    public IEnumerable<Component> Components => MainIndices.SelectMany(m => m.Components);

    /// <summary>The component of that code, or null.</summary>
    public Component? Component(string code) => Components.FirstOrDefault(c => string.Equals(c.Code, code, StringComparison.Ordinal));
}
