using System.Globalization;
using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Charts;

namespace OpenData.Portal.Scores;

/// <summary>Pure: published figures and frameworks → what the page of provinces shows.</summary>
public sealed class ProvinceFigures
{
    private readonly Dictionary<(string Unit, string Metric, int Year), PublishedValue> _figures = [];
    private readonly List<string> _sources;

    /// <summary>Arranges the figures.</summary>
    /// <param name="values">All published figures.</param>
    /// <param name="frameworks">Frameworks of the catalogue.</param>
    /// <param name="english">Whether labels are English.</param>
    public ProvinceFigures(IReadOnlyList<PublishedValue> values, IReadOnlyList<Framework> frameworks, bool english)
    {
        foreach (var value in values)
        {
            if (ComparedProvince.All.FirstOrDefault(p => p.PublishedNames.Contains(value.Unit, StringComparer.Ordinal)) is { } province)
            {
                _figures.TryAdd((province.Name.Vi, value.Metric, value.Year), value);
            }
        }

        _sources = [.. Used.OrderBy(v => v.Year).ThenBy(v => v.Source, StringComparer.Ordinal).Select(v => v.Source).Distinct(StringComparer.Ordinal)];
        Frameworks = [.. frameworks.Where(f => f.Level == UnitLevel.Province && f.Years.Count > 0).OrderBy(f => f.Years.Min())];
        Spans = SpansOf(Frameworks, [.. Used.Select(v => v.Year)], english);
    }

    /// <summary>Provincial frameworks by the years that they assessed.</summary>
    public IReadOnlyList<Framework> Frameworks { get; }

    /// <summary>Years under one framework each; without a gap.</summary>
    public IReadOnlyList<YearSpan> Spans { get; }

    /// <summary>All years shown.</summary>
    public IEnumerable<int> Years => Spans.SelectMany(s => Enumerable.Range(s.From, s.To - s.From + 1));

    /// <summary>Where figures were published, in the order of their numbers from 1.</summary>
    public IReadOnlyList<string> Sources => _sources;

    private IEnumerable<PublishedValue> Used => _figures.Values;

    /// <summary>The figure of a province, or null where none is known.</summary>
    public PublishedValue? Find(ComparedProvince province, string metric, int year) => _figures.GetValueOrDefault((province.Name.Vi, metric, year));

    /// <summary>Number of a figure's source.</summary>
    public int SourceNumber(PublishedValue value) => _sources.IndexOf(value.Source) + 1;

    /// <summary>Places of a province by year.</summary>
    public YearSeries Places(ComparedProvince province, string metric) => new(
        province.Name.Vi,
        Years.Select(y => Find(province, metric, y)).OfType<PublishedValue>().ToDictionary(v => v.Year, v => (decimal)v.Rank));

    /// <summary>The worst place of an index that is shown.</summary>
    public int WorstPlace(string metric) => Used.Where(v => v.Metric == metric).Select(v => v.Rank).DefaultIfEmpty(1).Max();

    /// <summary>
    /// Spans of years by framework. Years before, between and after those of frameworks belong to no known way of measuring: each is a span of its own
    /// without label, so that no line leads to it.
    /// </summary>
    internal static IReadOnlyList<YearSpan> SpansOf(IReadOnlyList<Framework> frameworks, IReadOnlyList<int> years, bool english)
    {
        var all = frameworks.SelectMany(f => f.Years).Concat(years).ToList();
        var spans = new List<YearSpan>();
        for (var year = all.DefaultIfEmpty(0).Min(); all.Count > 0 && year <= all.Max(); year++)
        {
            var framework = frameworks.FirstOrDefault(f => f.Years.Contains(year));
            var label = framework is null ? "" : (english ? "act of " : "khung ") + ActYear(framework);
            if (framework is not null && spans.Count > 0 && spans[^1].Label == label)
            {
                spans[^1] = spans[^1] with { To = year };
            }
            else
            {
                spans.Add(new YearSpan(year, year, label));
            }
        }

        return spans;
    }

    /// <summary>The year of the act, by which people name a framework; the first year assessed where its day is unknown.</summary>
    private static string ActYear(Framework framework) => (framework.From?.Year ?? framework.Years.Min()).ToString(CultureInfo.InvariantCulture);
}
