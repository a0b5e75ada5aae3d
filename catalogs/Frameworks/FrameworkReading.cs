namespace OpenData.Catalogs.Frameworks;

/// <summary>What the frameworks folder of a catalogue holds.</summary>
/// <param name="Frameworks">Frameworks without problems, by id.</param>
/// <param name="Problems">Every mistake found, by file and line.</param>
public sealed record FrameworkReading(IReadOnlyList<Framework> Frameworks, IReadOnlyList<CatalogProblem> Problems)
{
    /// <summary>The framework of that id, or null.</summary>
    public Framework? Find(string id) => Frameworks.FirstOrDefault(f => string.Equals(f.Id, id, StringComparison.Ordinal));
}
