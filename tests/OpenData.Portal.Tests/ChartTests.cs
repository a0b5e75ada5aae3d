using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using OpenData.Portal.Charts;
using OpenData.TestKit;

namespace OpenData.Portal.Tests;

/// <summary>Drawings, read back as a browser reads them.</summary>
public sealed class ChartTests
{
    private static readonly IReadOnlyList<YearSpan> Spans = [new(2020, 2020, "khung 2020"), new(2021, 2023, "khung 2022"), new(2024, 2024, "khung 2025")];

    [Fact]
    public void A_line_joins_neighbouring_years_of_one_framework_and_crosses_neither_gap_nor_break() => Culture.Vietnamese(() =>
    {
        var svg = Lines(new YearSeries("a", Values((2020, 3), (2021, 4), (2022, 5), (2023, 6), (2024, 2))), new YearSeries("b", Values((2021, 9), (2023, 8))));
        Assert.Equal(2, svg.QuerySelectorAll("line.line.s1").Length);
        Assert.Empty(svg.QuerySelectorAll("line.line.s2"));
        Assert.Equal(2, svg.QuerySelectorAll("line.break").Length);
        Assert.Equal(5, svg.QuerySelectorAll("path.mark.s1").Length);
        Assert.Equal(2, svg.QuerySelectorAll("path.mark.s2").Length);
        Assert.Equal(["khung 2020", "khung 2022", "khung 2025"], svg.QuerySelectorAll("text").Select(t => t.TextContent).Where(t => t.StartsWith('k')));
    });

    [Fact]
    public void The_first_place_stands_on_top_and_numbers_of_one_year_do_not_cover_each_other()
    {
        var svg = Lines(new YearSeries("a", Values((2021, 1))), new YearSeries("b", Values((2021, 2))), new YearSeries("c", Values((2021, 2))), new YearSeries("d", Values((2021, 20))));
        var heights = svg.QuerySelectorAll("text.value").Select(t => Number(t, "y")).ToList();
        Assert.Equal(4, heights.Count);
        Assert.All(heights.Zip(heights.Skip(1)), h => Assert.True(h.Second - h.First >= 11, $"{h}"));
        Assert.Equal(["1", "2", "2", "20"], svg.QuerySelectorAll("text.value").Select(t => t.TextContent));
    }

    [Fact]
    public void A_drawing_has_a_name_and_a_description_and_texts_stay_texts()
    {
        var svg = new HtmlParser().ParseDocument(PillarBars.Draw("x", "<b>Tên", "\"><script>alert(1)</script>", [new BarRow("<img src=x>", 0.5m, "0,5")])).QuerySelector("svg")!;
        Assert.Equal(("img", "x-t x-d"), (svg.GetAttribute("role"), svg.GetAttribute("aria-labelledby")));
        Assert.Equal("<b>Tên", svg.QuerySelector("#x-t")!.TextContent);
        Assert.Equal("\"><script>alert(1)</script>", svg.QuerySelector("#x-d")!.TextContent);
        Assert.Equal("<img src=x>", svg.QuerySelector("text.name")!.TextContent);
        Assert.Empty(svg.QuerySelectorAll("script, img, b"));
    }

    [Fact]
    public void Bars_begin_at_nothing_end_at_their_own_maximum_and_lie_below_each_other()
    {
        var svg = new HtmlParser().ParseDocument(PillarBars.Draw("x", "t", "d", [new("a", 0.5m, "0,5"), new("b", 1.2m, "1"), new("c", 0, "0")])).QuerySelector("svg")!;
        var whole = Number(svg.QuerySelector("rect.whole")!, "width");
        Assert.Equal([whole / 2, whole, 0], svg.QuerySelectorAll("rect.bar").Select(b => Number(b, "width")));
        Assert.Equal(3, svg.QuerySelectorAll("rect.bar").Select(b => Number(b, "y")).Distinct().Count());
    }

    [Fact]
    public void Dots_lie_in_their_intervals_the_best_at_the_left_and_close_neighbours_are_marked()
    {
        var svg = new HtmlParser().ParseDocument(RankedDots.Draw(
            "x", "t", "d", ChartScale.Places(12), [new("a", 1, 1, 2, true), new("b", 2, 1, 3, false), new("Uỷ ban nhân dân phường Phan Đình Phùng", 12, 9, 12, true)], v => $"{v}")).QuerySelector("svg")!;
        var lines = svg.QuerySelectorAll("line.interval").Select(l => (From: Number(l, "x1"), To: Number(l, "x2"))).ToList();
        Assert.All(lines, l => Assert.True(l.From < l.To));
        Assert.True(lines[0].From < lines[2].From);
        Assert.Single(svg.QuerySelectorAll("text"), t => t.TextContent == "≈");
        Assert.Contains(svg.QuerySelectorAll("text.name"), t => t.TextContent.EndsWith('…'));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(6, 6)]
    [InlineData(22, 25)]
    [InlineData(63, 80)]
    public void An_axis_of_places_begins_at_one_and_ends_round(int worst, int last)
    {
        var scale = ChartScale.Places(worst);
        Assert.Equal((1, last), ((int)scale.From, (int)scale.To));
        Assert.Equal((1, 0), (scale.At(1), scale.At(last)));
        Assert.Equal((1m, (decimal)last), (scale.Ticks[0], scale.Ticks[^1]));
        Assert.Equal(0, scale.At(10_000));
    }

    private static IElement Lines(params YearSeries[] series) => new HtmlParser().ParseDocument(YearLines.Draw(
        new YearChart("x", "t", "d", Spans, ChartScale.Places(22), series, v => v.ToString("0", CultureInfo.InvariantCulture)))).QuerySelector("svg")!;

    private static Dictionary<int, decimal> Values(params (int Year, decimal Value)[] values) => values.ToDictionary(v => v.Year, v => v.Value);

    private static double Number(IElement element, string attribute) => double.Parse(element.GetAttribute(attribute)!, CultureInfo.InvariantCulture);
}
