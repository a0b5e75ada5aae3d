using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OpenData.Warehouse.Tests.Export;

/// <summary>A workbook read by the letter of the standard, without any library for workbooks and without rounding.</summary>
internal sealed partial class BookText
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly Dictionary<string, XDocument> _parts = new(StringComparer.Ordinal);
    private readonly List<string> _formats = [];

    public BookText(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            _parts.Add(entry.FullName, XDocument.Load(stream, LoadOptions.PreserveWhitespace));
            Assert.Equal(new DateTime(1980, 1, 1, 0, 0, 0, DateTimeKind.Unspecified), entry.LastWriteTime.DateTime);
        }

        var styles = _parts["xl/styles.xml"].Root!;
        var own = styles.Descendants(Main + "numFmt").ToDictionary(f => (string)f.Attribute("numFmtId")!, f => (string)f.Attribute("formatCode")!, StringComparer.Ordinal);
        var known = new Dictionary<string, string>(StringComparer.Ordinal) { ["0"] = "General", ["1"] = "0", ["2"] = "0.00", ["3"] = "#,##0", ["4"] = "#,##0.00", ["49"] = "@" };
        _formats.AddRange(styles.Element(Main + "cellXfs")!.Elements().Select(x => (string)x.Attribute("numFmtId")!).Select(id => own.GetValueOrDefault(id) ?? known[id]));
    }

    public IReadOnlyDictionary<string, XDocument> Parts => _parts;

    /// <summary>Names of the sheets in their order.</summary>
    public IReadOnlyList<string> Sheets => [.. _parts["xl/workbook.xml"].Descendants(Main + "sheet").Select(s => (string)s.Attribute("name")!)];

    /// <summary>Markup of a sheet.</summary>
    public XElement Sheet(string name)
    {
        var id = (string)_parts["xl/workbook.xml"].Descendants(Main + "sheet").Single(s => (string)s.Attribute("name")! == name).Attribute(Relation + "id")!;
        var target = _parts["xl/_rels/workbook.xml.rels"].Root!.Elements().Single(r => (string)r.Attribute("Id")! == id).Attribute("Target")!.Value;
        return _parts["xl/" + target].Root!;
    }

    /// <summary>The cells of a sheet, row by row; null where there is none.</summary>
    public IReadOnlyList<IReadOnlyList<BookCell?>> Rows(string name)
    {
        var rows = new List<IReadOnlyList<BookCell?>>();
        foreach (var row in Sheet(name).Element(Main + "sheetData")!.Elements(Main + "row"))
        {
            var number = int.Parse(row.Attribute("r")!.Value, CultureInfo.InvariantCulture);
            while (rows.Count < number - 1)
            {
                rows.Add([]);
            }

            var cells = new List<BookCell?>();
            foreach (var cell in row.Elements(Main + "c"))
            {
                var at = CellAddress().Match(cell.Attribute("r")!.Value);
                Assert.Equal(number.ToString(CultureInfo.InvariantCulture), at.Groups[2].Value);
                var column = at.Groups[1].Value.Aggregate(0, (sum, letter) => (sum * 26) + letter - 'A' + 1);
                while (cells.Count < column - 1)
                {
                    cells.Add(null);
                }

                cells.Add(Cell(cell));
            }

            rows.Add(cells);
        }

        return rows;
    }

    /// <summary>The cells of a column of the first sheet, below the head.</summary>
    public IReadOnlyList<BookCell?> Column(int index) => [.. Rows("data").Skip(1).Select(r => index < r.Count ? r[index] : null)];

    /// <summary>The texts of a column of the first sheet, below the head.</summary>
    public IReadOnlyList<string?> Texts(int index = 0) => [.. Column(index).Select(c => c?.Text)];

    private BookCell Cell(XElement cell)
    {
        var type = (string?)cell.Attribute("t") ?? "n";
        var format = _formats[(int?)cell.Attribute("s") ?? 0];
        if (type != "inlineStr")
        {
            return new BookCell(type, format, cell.Element(Main + "v")!.Value);
        }

        var text = cell.Element(Main + "is")!.Element(Main + "t")!;
        var keeps = (string?)text.Attribute(XNamespace.Xml + "space") == "preserve";
        return new BookCell(type, format, Unescaped(keeps ? text.Value : text.Value.Trim(' ', '\t', '\n')));
    }

    /// <summary>Resolves <c>_xHHHH_</c> from left to right.</summary>
    public static string Unescaped(string text)
        => Escape().Replace(text, m => ((char)int.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escape();

    [GeneratedRegex("^([A-Z]+)([0-9]+)$")]
    private static partial Regex CellAddress();
}
