using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace OpenData.SampleAgencies;

/// <summary>A one-sheet XLSX workbook; small, whole in memory, the same bytes for the same cells.</summary>
internal static class Workbook
{
    private const string Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string MainPart = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>Writes the workbook. A text cell is a text (codes keep their zeros), a whole number is a number, null and empty text are no cell.</summary>
    /// <param name="name">Name of the sheet.</param>
    /// <param name="rows">Rows from row 1.</param>
    /// <param name="merged">Merged areas, for example <c>A1:H1</c>.</param>
    /// <param name="written">Time stamp of the parts.</param>
    public static byte[] Write(string name, IReadOnlyList<IReadOnlyList<object?>> rows, IReadOnlyList<string> merged, DateTimeOffset written)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "[Content_Types].xml", written, WriteTypes);
            Part(zip, "_rels/.rels", written, xml => WriteRelation(xml, "officeDocument", "xl/workbook.xml"));
            Part(zip, "xl/workbook.xml", written, xml => WriteBook(xml, name));
            Part(zip, "xl/_rels/workbook.xml.rels", written, xml => WriteRelation(xml, "worksheet", "worksheets/sheet1.xml"));
            Part(zip, "xl/worksheets/sheet1.xml", written, xml => WriteSheet(xml, rows, merged));
        }

        return file.ToArray();
    }

    private static void Part(ZipArchive zip, string path, DateTimeOffset written, Action<XmlWriter> write)
    {
        var entry = zip.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = written;
        using var stream = entry.Open();
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
        xml.WriteStartDocument(standalone: true);
        write(xml);
    }

    private static void WriteTypes(XmlWriter xml)
    {
        xml.WriteStartElement("Types", Types);
        WriteType(xml, "Default", "Extension", "rels", "application/vnd.openxmlformats-package.relationships+xml");
        WriteType(xml, "Default", "Extension", "xml", "application/xml");
        WriteType(xml, "Override", "PartName", "/xl/workbook.xml", $"{MainPart}.sheet.main+xml");
        WriteType(xml, "Override", "PartName", "/xl/worksheets/sheet1.xml", $"{MainPart}.worksheet+xml");
        xml.WriteEndElement();
    }

    private static void WriteType(XmlWriter xml, string element, string attribute, string what, string type)
    {
        xml.WriteStartElement(element, Types);
        xml.WriteAttributeString(attribute, what);
        xml.WriteAttributeString("ContentType", type);
        xml.WriteEndElement();
    }

    private static void WriteRelation(XmlWriter xml, string kind, string target)
    {
        xml.WriteStartElement("Relationships", Package);
        xml.WriteStartElement("Relationship", Package);
        xml.WriteAttributeString("Id", "rId1");
        xml.WriteAttributeString("Type", $"{Relations}/{kind}");
        xml.WriteAttributeString("Target", target);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteBook(XmlWriter xml, string name)
    {
        xml.WriteStartElement("workbook", Sheet);
        xml.WriteStartElement("sheets", Sheet);
        xml.WriteStartElement("sheet", Sheet);
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("sheetId", "1");
        xml.WriteAttributeString("r", "id", Relations, "rId1");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteSheet(XmlWriter xml, IReadOnlyList<IReadOnlyList<object?>> rows, IReadOnlyList<string> merged)
    {
        xml.WriteStartElement("worksheet", Sheet);
        xml.WriteStartElement("sheetData", Sheet);
        for (var r = 0; r < rows.Count; r++)
        {
            xml.WriteStartElement("row", Sheet);
            xml.WriteAttributeString("r", (r + 1).ToString(CultureInfo.InvariantCulture));
            for (var c = 0; c < rows[r].Count; c++)
            {
                WriteCell(xml, string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + c)}{r + 1}"), rows[r][c]);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteStartElement("mergeCells", Sheet);
        xml.WriteAttributeString("count", merged.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var area in merged)
        {
            xml.WriteStartElement("mergeCell", Sheet);
            xml.WriteAttributeString("ref", area);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteCell(XmlWriter xml, string place, object? value)
    {
        if (value is null or "")
        {
            return;
        }

        xml.WriteStartElement("c", Sheet);
        xml.WriteAttributeString("r", place);
        if (value is int number)
        {
            xml.WriteElementString("v", Sheet, number.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteStartElement("is", Sheet);
            xml.WriteElementString("t", Sheet, (string)value);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
