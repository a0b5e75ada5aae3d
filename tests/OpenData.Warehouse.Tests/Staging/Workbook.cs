using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace OpenData.Warehouse.Tests.Staging;

/// <summary>Writes the smallest xlsx that has a title, merged heads, typed cells and a footer. Cells are raw <c>&lt;c&gt;</c> elements.</summary>
internal static class Workbook
{
    /// <summary>A cell with text.</summary>
    public static string Text(string text) => $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>";

    /// <summary>A cell with a number, style 0 general, 1 date, 2 five zeros, 3 date and time, 4 hours.</summary>
    public static string Number(string number, int style = 0) => $"<c s=\"{style}\"><v>{number}</v></c>";

    /// <summary>Marks a row as hidden; no cell.</summary>
    public const string Hidden = "hidden";

    public static string Empty => "<c/>";

    /// <summary>A cell with a formula, and its stored result where there is one.</summary>
    public static string Formula(string? result) => $"<c><f>SUM(A1:A2)</f>{(result is null ? "" : $"<v>{result}</v>")}</c>";

    public static byte[] Make(string sheet, IEnumerable<IReadOnlyList<string>> rows, params string[] merges) => Make(is1904: false, Sheet(sheet, rows, merges));

    /// <summary>A workbook of several sheets.</summary>
    /// <param name="is1904">True for the date system of old Macintoshes.</param>
    /// <param name="sheets">Sheets made by <see cref="Sheet"/>.</param>
    public static byte[] Make(bool is1904, params (string Element, string Part)[] sheets) => Zip(
    [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"),
        ("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
        ("xl/workbook.xml", $"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">{(is1904 ? "<workbookPr date1904=\"1\"/>" : "")}<sheets>{string.Concat(sheets.Select((s, i) => string.Format(CultureInfo.InvariantCulture, s.Element, i + 1)))}</sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"s\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>{string.Concat(sheets.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"<Relationship Id=\"r{i + 1}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>")))}</Relationships>"),
        ("xl/styles.xml", "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts count=\"4\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/><numFmt numFmtId=\"165\" formatCode=\"00000\"/><numFmt numFmtId=\"166\" formatCode=\"dd/mm/yyyy hh:mm\"/><numFmt numFmtId=\"167\" formatCode=\"[h]:mm:ss\"/></numFmts><cellXfs count=\"5\"><xf numFmtId=\"0\"/><xf numFmtId=\"164\" applyNumberFormat=\"1\"/><xf numFmtId=\"165\" applyNumberFormat=\"1\"/><xf numFmtId=\"166\" applyNumberFormat=\"1\"/><xf numFmtId=\"167\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"),
        .. sheets.Select((s, i) => (string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{i + 1}.xml"), s.Part)),
    ]);

    /// <summary>One sheet; a row that begins with <see cref="Hidden"/> is hidden.</summary>
    public static (string Element, string Part) Sheet(string name, IEnumerable<IReadOnlyList<string>> rows, params string[] merges)
    {
        var data = new StringBuilder();
        var number = 0;
        foreach (var row in rows)
        {
            number++;
            var hidden = row is [Hidden, ..];
            data.Append(CultureInfo.InvariantCulture, $"<row r=\"{number}\"{(hidden ? " hidden=\"1\"" : "")}>");
            for (var i = hidden ? 1 : 0; i < row.Count; i++)
            {
                data.Append(row[i].Replace("<c", $"<c r=\"{Column(hidden ? i - 1 : i)}{number}\"", StringComparison.Ordinal));
            }

            data.Append("</row>");
        }

        var merged = merges.Length == 0 ? "" : $"<mergeCells>{string.Concat(merges.Select(m => $"<mergeCell ref=\"{m}\"/>"))}</mergeCells>";
        return (
            $"<sheet name=\"{name}\" sheetId=\"{{0}}\" r:id=\"r{{0}}\"/>",
            $"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{data}</sheetData>{merged}</worksheet>");
    }

    // 0 is A, 26 is AA.
    private static string Column(int index) => (index < 26 ? "" : Column((index / 26) - 1)) + (char)('A' + (index % 26));

    public static byte[] Zip(params (string Name, string Text)[] parts)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }
}
