using System.Globalization;

namespace OpenData.Warehouse.Export;

/// <summary>The styles of a workbook: four of its own, and one for every number format in use.</summary>
internal sealed class XlsxStyles
{
    /// <summary>Index of the style of heads: bold.</summary>
    public const int Head = 1;

    /// <summary>Index of the style of labels: bold, at the top of the cell.</summary>
    public const int Label = 2;

    /// <summary>Index of the style of long texts: broken into lines, at the top of the cell.</summary>
    public const int Wrapped = 3;

    private const int Own = 4;
    private const int FirstFreeFormat = 164;

    // Formats that every reader knows by number.
    private static readonly Dictionary<string, int> BuiltIn = new(StringComparer.Ordinal)
    {
        ["General"] = 0,
        ["0"] = 1,
        ["0.00"] = 2,
        ["#,##0"] = 3,
        ["#,##0.00"] = 4,
        ["@"] = 49,
    };

    private readonly List<string> _formats = [];

    /// <summary>Index of the style that shows a number format.</summary>
    public int Of(string format)
    {
        if (BuiltIn.GetValueOrDefault(format, -1) == 0)
        {
            return 0;
        }

        var index = _formats.IndexOf(format);
        if (index < 0)
        {
            index = _formats.Count;
            _formats.Add(format);
        }

        return Own + index;
    }

    /// <summary>Writes the part.</summary>
    public void Write(Utf8Buffer to)
    {
        var own = _formats.Where(f => !BuiltIn.ContainsKey(f)).ToList();
        XlsxText.Raw("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">", to);
        if (own.Count > 0)
        {
            XlsxText.Raw(Text($"<numFmts count=\"{own.Count}\">"), to);
            for (var i = 0; i < own.Count; i++)
            {
                XlsxText.Raw(Text($"<numFmt numFmtId=\"{FirstFreeFormat + i}\" formatCode=\"{own[i]}\"/>"), to);
            }

            XlsxText.Raw("</numFmts>", to);
        }

        XlsxText.Raw(
            "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>" +
            "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>" +
            "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>" +
            "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
            to);
        XlsxText.Raw(
            Text($"<cellXfs count=\"{Own + _formats.Count}\">") +
            "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>" +
            "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>" +
            "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>" +
            "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>",
            to);
        foreach (var format in _formats)
        {
            var id = BuiltIn.GetValueOrDefault(format, FirstFreeFormat + own.IndexOf(format));
            XlsxText.Raw(Text($"<xf numFmtId=\"{id}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"), to);
        }

        XlsxText.Raw("</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>", to);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
