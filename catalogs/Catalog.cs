namespace OpenData.Catalogs;

/// <summary>All contracts of a province that may run, with everything they refer to. Immutable.</summary>
public sealed class Catalog
{
    private readonly Dictionary<string, DatasetContract> _datasets;

    /// <summary>Makes a catalogue. Ids are unique; the reader has seen to it.</summary>
    public Catalog(
        IReadOnlyList<DatasetContract> datasets,
        IReadOnlyList<Publisher> publishers,
        IReadOnlyList<Theme> themes,
        IReadOnlyList<License> licenses)
    {
        _datasets = datasets.ToDictionary(d => d.Id, StringComparer.Ordinal);
        Datasets = [.. datasets.OrderBy(d => d.Id, StringComparer.Ordinal)];
        Publishers = publishers;
        Themes = themes;
        Licenses = licenses;
    }

    /// <summary>All usable contracts, by id.</summary>
    public IReadOnlyList<DatasetContract> Datasets { get; }

    /// <summary>All publishers, in file order.</summary>
    public IReadOnlyList<Publisher> Publishers { get; }

    /// <summary>All themes, in file order.</summary>
    public IReadOnlyList<Theme> Themes { get; }

    /// <summary>All licences, in file order.</summary>
    public IReadOnlyList<License> Licenses { get; }

    /// <summary>The working days; empty when the catalogue has no holidays.yaml.</summary>
    public WorkingCalendar WorkingDays { get; init; } = WorkingCalendar.Empty;

    /// <summary>The contract of that id, or null.</summary>
    public DatasetContract? Find(string id) => _datasets.GetValueOrDefault(id);

    /// <summary>The publisher of that id, or null.</summary>
    public Publisher? Publisher(string id) => Publishers.FirstOrDefault(p => p.Id == id);

    /// <summary>The theme of that id, or null.</summary>
    public Theme? Theme(string id) => Themes.FirstOrDefault(t => t.Id == id);

    /// <summary>The licence of that id, or null.</summary>
    public License? License(string id) => Licenses.FirstOrDefault(l => l.Id == id);
}
