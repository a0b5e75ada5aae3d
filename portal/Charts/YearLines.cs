using System.Globalization;

namespace OpenData.Portal.Charts;

/// <summary>
/// Pure: values by year → points, joined by a line only where the next year has a value too and was measured in the same way. A dashed upright line
/// stands where the way of measuring changed.
/// </summary>
internal static class YearLines
{
    private const double Width = 360;
    private const double Height = 230;
    private const double Left = 30;
    private const double Right = 350;
    private const double Top = 30;
    private const double Bottom = 200;

    // Two numbers nearer than this would cover each other.
    private const double NumberHeight = 11;

    /// <summary>The drawing.</summary>
    public static string Draw(YearChart chart)
    {
        var drawing = new SvgDrawing(chart.Id, Width, Height, chart.Title, chart.Description);
        var (first, last) = (chart.Spans[0].From, chart.Spans[^1].To);
        double X(int year) => Left + ((year - first + 0.5) * (Right - Left) / (last - first + 1));
        double Y(decimal value) => Bottom - (chart.Scale.At(value) * (Bottom - Top));
        foreach (var tick in chart.Scale.Ticks)
        {
            drawing.Line("tick", Left, Y(tick), Right, Y(tick));
            drawing.Words("axis end", Left - 6, Y(tick) + 4, chart.Text(tick));
        }

        for (var year = first; year <= last; year++)
        {
            drawing.Words("axis mid", X(year), Bottom + 18, year.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var span in chart.Spans)
        {
            if (span.From > first)
            {
                drawing.Line("break", (X(span.From - 1) + X(span.From)) / 2, Top - 20, (X(span.From - 1) + X(span.From)) / 2, Bottom);
            }

            drawing.Words("axis mid", (X(span.From) + X(span.To)) / 2, Top - 12, span.Label);
        }

        for (var i = 0; i < chart.Series.Count; i++)
        {
            foreach (var (year, value) in chart.Series[i].Values.Where(v => v.Key >= first && v.Key < last))
            {
                if (chart.Series[i].Values.TryGetValue(year + 1, out var next) && !chart.Spans.Any(s => s.From == year + 1))
                {
                    drawing.Line($"line s{(i % 4) + 1}", X(year), Y(value), X(year + 1), Y(next));
                }
            }
        }

        for (var year = first; year <= last; year++)
        {
            DrawPoints(drawing, chart, year, X(year), Y);
        }

        return drawing.Finish();
    }

    private static void DrawPoints(SvgDrawing drawing, YearChart chart, int year, double x, Func<decimal, double> y)
    {
        var points = chart.Series
            .Select((s, i) => (Number: i, HasValue: s.Values.TryGetValue(year, out var value), Value: value))
            .Where(p => p.HasValue)
            .OrderBy(p => y(p.Value))
            .ToList();
        var above = double.NegativeInfinity;
        foreach (var (number, _, value) in points)
        {
            drawing.Mark(number, x, y(value));
            above = Math.Max(y(value) + 4, above + NumberHeight);
            drawing.Words("value", x + 8, above, chart.Text(value));
        }
    }
}
