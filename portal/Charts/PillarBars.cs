namespace OpenData.Portal.Charts;

/// <summary>Pure: pillars or main indices → a bar for each, from nothing to its own maximum. Never on top of each other: pillars share main indices, so their points must not be added.</summary>
internal static class PillarBars
{
    private const double Width = 360;
    private const double Right = 300;
    private const double RowHeight = 40;

    /// <summary>The drawing.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="title">Name of the chart.</param>
    /// <param name="description">What a reader would see in it.</param>
    /// <param name="rows">Bars in order.</param>
    public static string Draw(string id, string title, string description, IReadOnlyList<BarRow> rows)
    {
        var drawing = new SvgDrawing(id, Width, rows.Count * RowHeight, title, description);
        for (var i = 0; i < rows.Count; i++)
        {
            var top = i * RowHeight;
            var share = (double)Math.Clamp(rows[i].Share, 0, 1);
            drawing.Words("name", 0, top + 13, rows[i].Name);
            drawing.Box("whole", 0, top + 20, Right, 12);
            drawing.Box("bar", 0, top + 20, share * Right, 12);
            drawing.Words("value", Right + 8, top + 30, rows[i].Text);
        }

        return drawing.Finish();
    }
}
