namespace OpenData.Portal.Charts;

/// <summary>Pure: units with their intervals → a row for each, a line for the interval and a dot for the value; <c>≈</c> between neighbours that are too close to call.</summary>
internal static class RankedDots
{
    private const double Width = 360;
    private const double Left = 140;
    private const double Right = 318;
    private const double Top = 22;
    private const double RowHeight = 22;
    private const int NameMax = 20;

    /// <summary>The drawing.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="title">Name of the chart.</param>
    /// <param name="description">What a reader would see in it.</param>
    /// <param name="scale">The level axis.</param>
    /// <param name="rows">Units in the order in which they are shown.</param>
    /// <param name="text">A value of the axis in words.</param>
    public static string Draw(string id, string title, string description, ChartScale scale, IReadOnlyList<DotRow> rows, Func<decimal, string> text)
    {
        var bottom = Top + (rows.Count * RowHeight);
        var drawing = new SvgDrawing(id, Width, bottom + 8, title, description);

        // The first place stands at the left here, where reading begins.
        double X(decimal value) => Left + ((scale.IsInverted ? 1 - scale.At(value) : scale.At(value)) * (Right - Left));
        foreach (var tick in scale.Ticks)
        {
            drawing.Line("tick", X(tick), Top, X(tick), bottom);
            drawing.Words("axis mid", X(tick), Top - 8, text(tick));
        }

        for (var i = 0; i < rows.Count; i++)
        {
            var (row, y) = (rows[i], Top + ((i + 0.5) * RowHeight));
            drawing.Words("name end", Left - 12, y + 4, Shortened(row.Name));
            drawing.Line("interval", X(row.Low), y, X(row.High), y);
            drawing.Mark(0, X(row.Value), y);
            drawing.Words("value", Math.Max(X(row.Value), Math.Max(X(row.Low), X(row.High))) + 8, y + 4, text(row.Value));
            if (row.IsCloseToNext && i + 1 < rows.Count)
            {
                drawing.Words("value mid", Right + 32, y + (RowHeight / 2) + 4, "≈");
            }
        }

        return drawing.Finish();
    }

    // The whole name stands in the table beside the drawing.
    private static string Shortened(string name) => name.Length <= NameMax ? name : name[..(NameMax - 1)].TrimEnd() + "…";
}
