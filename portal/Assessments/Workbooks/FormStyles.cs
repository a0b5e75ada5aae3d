using DocumentFormat.OpenXml.Spreadsheet;

namespace OpenData.Portal.Assessments.Workbooks;

/// <summary>The looks of cells, as the part of a workbook that holds them.</summary>
internal static class FormStyles
{
    private const uint TextFormat = 49;

    /// <summary>The part, one format for each <see cref="FormStyle"/> in order.</summary>
    public static Stylesheet Sheet() => new(
        new Fonts(
            Face(11), Face(14, isBold: true), Face(11, isBold: true), Face(11, color: "FF5F6368")),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            Filled("FFE8EDF2"),
            Filled("FFF5F7F9"),
            Filled("FFFFF9E5")),
        new Borders(new Border(), Lined()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            Format(0, 0, 0),
            Format(1, 0, 0, wraps: false),
            Format(2, 2, 1),
            Format(2, 3, 0, wraps: false),
            Format(0, 4, 1, isOpen: true),
            Format(3, 0, 0)));

    private static Font Face(double size, bool isBold = false, string? color = null)
    {
        var font = new Font();
        if (isBold)
        {
            font.Append(new Bold());
        }

        font.Append(new FontSize { Val = size });
        if (color is not null)
        {
            font.Append(new Color { Rgb = color });
        }

        font.Append(new FontName { Val = "Calibri" });
        return font;
    }

    private static Fill Filled(string color) => new(new PatternFill(new ForegroundColor { Rgb = color }) { PatternType = PatternValues.Solid });

    private static Border Lined() => new(
        new LeftBorder(Line()) { Style = BorderStyleValues.Thin },
        new RightBorder(Line()) { Style = BorderStyleValues.Thin },
        new TopBorder(Line()) { Style = BorderStyleValues.Thin },
        new BottomBorder(Line()) { Style = BorderStyleValues.Thin });

    private static Color Line() => new() { Rgb = "FFB8C0C8" };

    private static CellFormat Format(uint font, uint fill, uint border, bool wraps = true, bool isOpen = false) => new(
        new Alignment { Vertical = VerticalAlignmentValues.Top, WrapText = wraps },
        new Protection { Locked = !isOpen })
    {
        FontId = font,
        FillId = fill,
        BorderId = border,
        NumberFormatId = TextFormat,
        ApplyFont = true,
        ApplyFill = true,
        ApplyBorder = true,
        ApplyNumberFormat = true,
        ApplyAlignment = true,
        ApplyProtection = true,
    };
}
