using System.Globalization;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export;

/// <summary>Writes sheets of rows: a bold head that stays in view, a filter, and one row after the other. Serves one output.</summary>
internal sealed class XlsxSheet(IReadOnlyList<XlsxColumn> columns) : IDisposable
{
    /// <summary>Rows of a sheet of Excel, its head included.</summary>
    public const int RowsMax = 1_048_576;

    private readonly XlsxColumn[] _columns = [.. columns];
    private readonly Utf8Buffer _scratch = new(4096);
    private readonly byte[] _number = new byte[8];

    /// <summary>Rows of the sheet so far, its head included.</summary>
    public int Rows { get; private set; }

    /// <summary>The cells that the filter covers, such as <c>A1:P100</c>.</summary>
    public static string Filtered(int columns, int rows)
        => string.Create(CultureInfo.InvariantCulture, $"A1:{XlsxColumn.Letters(Math.Max(0, columns - 1))}{rows}");

    /// <summary>Begins a sheet.</summary>
    public void Begin(bool isFirst, Utf8Buffer to)
    {
        Rows = 1;
        XlsxText.Raw("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView", to);
        XlsxText.Raw(isFirst ? " tabSelected=\"1\"" : "", to);
        XlsxText.Raw(" workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\" activeCell=\"A2\" sqref=\"A2\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>", to);
        XlsxText.Raw("<cols>", to);
        for (var i = 0; i < _columns.Length; i++)
        {
            // The column has the style too, so that what is typed below the last row is treated alike.
            XlsxText.Raw(string.Create(CultureInfo.InvariantCulture, $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{_columns[i].Width}\" style=\"{_columns[i].Style}\" customWidth=\"1\"/>"), to);
        }

        XlsxText.Raw("</cols><sheetData><row r=\"1\">", to);
        for (var i = 0; i < _columns.Length; i++)
        {
            XlsxText.Raw(string.Create(CultureInfo.InvariantCulture, $"<c r=\"{XlsxColumn.Letters(i)}1\" s=\"{XlsxStyles.Head}\" t=\"inlineStr\"><is><t>"), to);
            XlsxText.Write(_columns[i].Head, to);
            XlsxText.Raw("</t></is></c>", to);
        }

        XlsxText.Raw("</row>", to);
    }

    /// <summary>Writes a row of a chunk.</summary>
    public void Row(ResultChunk chunk, int row, Utf8Buffer to)
    {
        var number = _number.AsSpan(0, ValueText.Integer(_number, ++Rows));
        to.Append("<row r=\""u8);
        to.Append(number);
        to.Append("\">"u8);
        foreach (var column in _columns)
        {
            column.Write(chunk, row, number, _scratch, to);
        }

        to.Append("</row>"u8);
    }

    /// <summary>Ends the sheet.</summary>
    public void End(Utf8Buffer to)
    {
        XlsxText.Raw("</sheetData>", to);
        var filtered = Filtered(_columns.Length, Rows);
        XlsxText.Raw($"<autoFilter ref=\"{filtered}\"/><pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/>", to);

        // Codes are texts on purpose: no green corner in every cell that they might be numbers.
        XlsxText.Raw($"<ignoredErrors><ignoredError sqref=\"{filtered}\" numberStoredAsText=\"1\"/></ignoredErrors></worksheet>", to);
    }

    public void Dispose() => _scratch.Dispose();
}
