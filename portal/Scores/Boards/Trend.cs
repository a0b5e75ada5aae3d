using System.Globalization;
using OpenData.Portal.Charts;

namespace OpenData.Portal.Scores.Boards;

/// <summary>Values of units by year over all published rounds.</summary>
/// <param name="Spans">Years under one framework and version each; between two spans values must not be compared.</param>
/// <param name="Series">One for each unit, in the order asked for.</param>
public sealed record Trend(IReadOnlyList<YearSpan> Spans, IReadOnlyList<YearSeries> Series)
{
    /// <summary>All years from the first to the last.</summary>
    public IEnumerable<int> Years => Spans.SelectMany(s => Enumerable.Range(s.From, s.To - s.From + 1));

    /// <summary>Pure: published rounds → the values of some units; null when fewer than two years are known.</summary>
    /// <param name="boards">All published rounds.</param>
    /// <param name="units">Codes and names of the units.</param>
    public static Trend? Of(IReadOnlyList<RoundBoard> boards, IReadOnlyList<BoardUnit> units)
    {
        // Of two rounds of one year the later one speaks for it.
        var byYear = boards
            .Where(b => units.Any(u => b.Find(u.Code) is not null))
            .GroupBy(b => b.To.Year)
            .ToDictionary(g => g.Key, g => g.MaxBy(b => (b.To, b.Id))!); // No group is empty.
        return byYear.Count < 2
            ? null
            : new Trend(
                SpansOf(byYear),
                [.. units.Select(u => new YearSeries(
                    u.Name,
                    byYear.Where(b => b.Value.Find(u.Code) is not null).ToDictionary(b => b.Key, b => b.Value.Find(u.Code)!.Total.Final.Value)))]);
    }

    /// <summary>A year without a round belongs to the framework that holds before and after it, or to none.</summary>
    private static List<YearSpan> SpansOf(Dictionary<int, RoundBoard> byYear)
    {
        var spans = new List<YearSpan>();
        for (var year = byYear.Keys.Min(); year <= byYear.Keys.Max(); year++)
        {
            var label = Label(byYear, year, spans.Count == 0 ? "" : spans[^1].Label);
            if (spans.Count > 0 && spans[^1].Label == label)
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

    private static string Label(Dictionary<int, RoundBoard> byYear, int year, string before)
    {
        var next = byYear.Where(b => b.Key >= year).MinBy(b => b.Key).Value.Framework;
        var label = string.Create(CultureInfo.InvariantCulture, $"{next.Id} {next.Version}");
        return byYear.ContainsKey(year) || label == before ? label : "";
    }
}
