namespace OpenData.Portal.Charts;

/// <summary>A chart of values by year.</summary>
/// <param name="Id">Unique on the page.</param>
/// <param name="Title">Name of the chart.</param>
/// <param name="Description">What a reader would see in it.</param>
/// <param name="Spans">Spans of years in order, without years between them left out.</param>
/// <param name="Scale">The upright axis.</param>
/// <param name="Series">At most four, as there are marks and colours.</param>
/// <param name="Text">A value in words, at its point and at the axis.</param>
internal sealed record YearChart(
    string Id, string Title, string Description, IReadOnlyList<YearSpan> Spans, ChartScale Scale, IReadOnlyList<YearSeries> Series, Func<decimal, string> Text);
