using System.Globalization;
using System.Text;

namespace OpenData.Warehouse.Export;

/// <summary>The parts that hold a workbook together: its list of sheets, the relations between parts, their types, and its properties.</summary>
internal static class XlsxBook
{
    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private const string Document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string SheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>Part of a sheet, from 1, below <c>xl/</c>.</summary>
    public static string SheetPart(int number) => string.Create(CultureInfo.InvariantCulture, $"worksheets/sheet{number}.xml");

    /// <summary><c>docProps/core.xml</c>: title, creator, version and time, none of which is the time of writing.</summary>
    public static void Core(TableDescription table, Utf8Buffer to)
    {
        XlsxText.Raw(Head + $"<cp:coreProperties xmlns:cp=\"{Package}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">", to);
        Element("dc:title", $"{table.Contract.Title.Vi} - {table.Contract.Title.En}", to);
        Element("dc:creator", table.Publisher?.Name.Vi ?? table.Contract.Publisher, to);
        Element("dc:description", table.Contract.Summary.Vi, to);
        Element("dc:identifier", table.Address?.AbsoluteUri, to);
        if (table.PublishedAt is { } published)
        {
            var time = published.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            XlsxText.Raw($"<dcterms:created xsi:type=\"dcterms:W3CDTF\">{time}</dcterms:created>", to);
        }

        Element("cp:version", table.Version, to);
        XlsxText.Raw("</cp:coreProperties>", to);
    }

    /// <summary><c>docProps/app.xml</c>.</summary>
    public static void App(Utf8Buffer to) => XlsxText.Raw(
        Head + "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>OpenData</Application></Properties>", to);

    /// <summary><c>xl/workbook.xml</c>.</summary>
    /// <param name="sheets">Name of each sheet.</param>
    /// <param name="filtered">Cells under the filter of the sheets of rows, which come first.</param>
    /// <param name="to">The part.</param>
    public static void Workbook(IReadOnlyList<string> sheets, IReadOnlyList<string> filtered, Utf8Buffer to)
    {
        XlsxText.Raw(Head + $"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{Document}\"><bookViews><workbookView/></bookViews><sheets>", to);
        for (var i = 0; i < sheets.Count; i++)
        {
            XlsxText.Raw(Text($"<sheet name=\"{sheets[i]}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>"), to);
        }

        XlsxText.Raw("</sheets><definedNames>", to);
        for (var i = 0; i < filtered.Count; i++)
        {
            // Excel keeps a hidden name beside each filter and misses it when it is not there.
            XlsxText.Raw(Text($"<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{i}\" hidden=\"1\">'{sheets[i]}'!{Absolute(filtered[i])}</definedName>"), to);
        }

        XlsxText.Raw("</definedNames></workbook>", to);
    }

    /// <summary><c>xl/_rels/workbook.xml.rels</c>.</summary>
    public static void Relations(int sheets, Utf8Buffer to)
    {
        XlsxText.Raw(Head + $"<Relationships xmlns=\"{Package}/relationships\">", to);
        for (var number = 1; number <= sheets; number++)
        {
            XlsxText.Raw(Text($"<Relationship Id=\"rId{number}\" Type=\"{Document}/worksheet\" Target=\"{SheetPart(number)}\"/>"), to);
        }

        XlsxText.Raw(Text($"<Relationship Id=\"rId{sheets + 1}\" Type=\"{Document}/styles\" Target=\"styles.xml\"/></Relationships>"), to);
    }

    /// <summary><c>_rels/.rels</c>.</summary>
    public static void PackageRelations(Utf8Buffer to) => XlsxText.Raw(
        Head + $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"rId1\" Type=\"{Document}/officeDocument\" Target=\"xl/workbook.xml\"/>" +
        $"<Relationship Id=\"rId2\" Type=\"{Package}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>" +
        $"<Relationship Id=\"rId3\" Type=\"{Document}/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>",
        to);

    /// <summary><c>[Content_Types].xml</c>.</summary>
    public static void ContentTypes(int sheets, Utf8Buffer to)
    {
        XlsxText.Raw(
            Head + $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>" +
            $"<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{SheetType}.sheet.main+xml\"/>",
            to);
        for (var number = 1; number <= sheets; number++)
        {
            XlsxText.Raw($"<Override PartName=\"/xl/{SheetPart(number)}\" ContentType=\"{SheetType}.worksheet+xml\"/>", to);
        }

        XlsxText.Raw(
            $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{SheetType}.styles+xml\"/>" +
            "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>" +
            "<Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>",
            to);
    }

    // A1:P100 becomes $A$1:$P$100.
    private static string Absolute(string cells)
    {
        var text = new StringBuilder("$");
        for (var i = 0; i < cells.Length; i++)
        {
            var begins = i > 0 && (cells[i - 1] == ':' || (char.IsAsciiDigit(cells[i]) && char.IsAsciiLetter(cells[i - 1])));
            text.Append(begins ? "$" : "").Append(cells[i]);
        }

        return text.ToString();
    }

    private static void Element(string name, string? value, Utf8Buffer to)
    {
        if (value is not null)
        {
            XlsxText.Raw($"<{name}>", to);
            XlsxText.Write(value, to);
            XlsxText.Raw($"</{name}>", to);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
