using System.Globalization;
using System.IO.Compression;
using System.Xml;
using ExcelDataReader.Exceptions;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// A workbook as a ZIP of XML, looked at without the workbook library: bounds before it is opened, and the independent count of rows.
/// </summary>
internal static class XlsxPackage
{
    private const long RatioMattersFrom = 10 * 1024 * 1024;
    private const long SharedStringsBytesMax = 100 * 1024 * 1024;
    private const int EntriesMax = 2000;

    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreWhitespace = false,
        CloseInput = true,
    };

    /// <summary>Refuses what is no workbook or unpacks too far; every entry is unpacked once, because declared sizes may lie.</summary>
    /// <exception cref="OpenDataException">OD2101, OD2102, OD2113, OD2114.</exception>
    public static void Check(Stream stream, StagingOptions options, CancellationToken token)
    {
        Span<byte> head = stackalloc byte[512];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (length == 0)
        {
            throw new OpenDataException(
                StagingErrors.EmptyFile,
                new LocalText("Tệp không có nội dung.", "The file has no content."));
        }

        if (TextInput.IsWebPage(head[..length]))
        {
            throw new OpenDataException(
                StagingErrors.WebPage,
                new LocalText("Nội dung là trang HTML, có thể là trang đăng nhập.", "The content is an HTML page, perhaps a login page."));
        }

        if (!head.StartsWith("PK\u0003\u0004"u8))
        {
            throw Damaged(null);
        }

        stream.Position = 0;
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > EntriesMax)
            {
                throw TooLarge();
            }

            long total = 0;
            foreach (var entry in zip.Entries)
            {
                total += Unpack(entry, options, total, token);
            }
        }
        catch (Exception cause) when (cause is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            throw Damaged(cause);
        }
    }

    /// <summary>Rows below the skipped ones that have at least one cell with something in it.</summary>
    /// <param name="stream">The workbook.</param>
    /// <param name="sheet">Sheet name; null for the first.</param>
    /// <param name="skipRows">Rows at the top that are passed over.</param>
    /// <param name="faults">
    /// Takes row (from 1) and column (from 0) of cells that show an error or whose formula was never worked out, with the rule; the workbook
    /// library gives them as empty.
    /// </param>
    public static long CountRows(Stream stream, string? sheet, int skipRows, IDictionary<(long Row, int Column), string> faults)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var part = Find(zip, SheetPart(zip, sheet)) ?? throw Damaged(null);
        var emptyStrings = EmptyStrings(zip);
        using var xml = XmlReader.Create(part.Open(), Safe);
        long rows = 0;
        long number = 0;
        var filled = false;
        var inRow = false;
        var shared = false;
        var text = false;
        var content = false;
        var column = -1;
        var formula = false;
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                switch (xml.LocalName)
                {
                    case "row":
                        number = long.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : number + 1;
                        filled = false;
                        column = -1;
                        inRow = !xml.IsEmptyElement;
                        break;
                    case "c":
                        var type = xml.GetAttribute("t");
                        shared = type == "s";
                        column = ColumnOf(xml.GetAttribute("r")) ?? column + 1;
                        formula = false;
                        if (type == "e")
                        {
                            faults[(number, column)] = StagingRules.ErrorCell;
                        }

                        break;
                    case "f" when inRow:
                        formula = true;
                        faults.TryAdd((number, column), StagingRules.FormulaWithoutValue);
                        break;
                    case "v" or "t" when inRow:
                        text = !xml.IsEmptyElement;
                        content = xml.LocalName == "v" && shared;
                        if (formula && faults.TryGetValue((number, column), out var rule) && rule == StagingRules.FormulaWithoutValue)
                        {
                            faults.Remove((number, column));
                        }

                        formula = false;
                        break;
                }
            }
            else if (xml.NodeType == XmlNodeType.EndElement)
            {
                text = false;
                filled |= formula && xml.LocalName == "c";
                formula &= xml.LocalName != "c";
                if (xml.LocalName == "row")
                {
                    rows += filled && number > skipRows ? 1 : 0;
                    inRow = false;
                }
            }
            else if (text && xml.HasValue && xml.Value.Length > 0)
            {
                filled |= !content || !int.TryParse(xml.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || !emptyStrings.Contains(index);
            }
        }

        return rows;
    }

    /// <summary>True for what a third-party parser throws at hostile bytes: whatever it is, the workbook is what is wrong.</summary>
    public static bool IsDamage(Exception failure) => failure is ExcelReaderException or XmlException or InvalidDataException or IndexOutOfRangeException
        or FormatException or ArgumentException or NullReferenceException or InvalidOperationException or OverflowException
        or KeyNotFoundException or InvalidCastException or IOException;

    /// <summary>The workbook cannot be read.</summary>
    public static OpenDataException Damaged(Exception? cause) => new(
        StagingErrors.BadWorkbook,
        new LocalText("Tệp không phải bảng tính xlsx hoặc đã hỏng.", "The file is no xlsx workbook, or it is damaged."),
        inner: cause);

    // "AB12" is column 27, from 0.
    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var c in reference ?? "")
        {
            if (!char.IsAsciiLetterUpper(c) || column > 100_000)
            {
                break;
            }

            column = (column * 26) + (c - 'A') + 1;
        }

        return column == 0 ? null : column - 1;
    }

    private static long Unpack(ZipArchiveEntry entry, StagingOptions options, long before, CancellationToken token)
    {
        using var stream = entry.Open();
        var buffer = new byte[81_920];
        var bound = entry.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase)
            ? SharedStringsBytesMax
            : options.WorkbookBytesMax;
        long length = 0;
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            token.ThrowIfCancellationRequested();
            length += read;
            var ratio = length / Math.Max(1, entry.CompressedLength);
            if (length > bound || before + length > options.WorkbookBytesMax
                || (length > RatioMattersFrom && ratio > options.WorkbookRatioMax))
            {
                throw TooLarge();
            }
        }

        return length;
    }

    private static string SheetPart(ZipArchive zip, string? sheet)
    {
        var wanted = sheet is null ? null : CellText.Tidy(sheet);
        string? relation = null;
        using (var xml = Open(zip, "xl/workbook.xml"))
        {
            while (relation is null && xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "sheet"
                    && (wanted is null || CellText.Tidy(xml.GetAttribute("name") ?? "") == wanted))
                {
                    relation = xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
                        ?? xml.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");
                }
            }
        }

        using var relations = Open(zip, "xl/_rels/workbook.xml.rels");
        while (relations.Read())
        {
            if (relations.NodeType == XmlNodeType.Element && relations.GetAttribute("Id") == relation && relation is not null)
            {
                var target = relations.GetAttribute("Target") ?? "";
                return target.StartsWith('/') ? target[1..] : "xl/" + target;
            }
        }

        throw Damaged(null);
    }

    private static HashSet<int> EmptyStrings(ZipArchive zip)
    {
        var empty = new HashSet<int>();
        if (Find(zip, "xl/sharedStrings.xml") is not { } part)
        {
            return empty;
        }

        using var xml = XmlReader.Create(part.Open(), Safe);
        var index = -1;
        var phonetic = false;
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si")
            {
                empty.Add(++index);
            }
            else if (xml.LocalName == "rPh")
            {
                phonetic = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            }
            else if (!phonetic && xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA
                && xml.Depth > 2 && xml.Value.Length > 0)
            {
                empty.Remove(index);
            }
        }

        return empty;
    }

    private static ZipArchiveEntry? Find(ZipArchive zip, string name)
        => zip.Entries.FirstOrDefault(e => string.Equals(e.FullName.Replace('\\', '/'), name, StringComparison.OrdinalIgnoreCase));

    private static XmlReader Open(ZipArchive zip, string name)
        => XmlReader.Create((Find(zip, name) ?? throw Damaged(null)).Open(), Safe);

    /// <summary>The workbook is larger than what is taken.</summary>
    public static OpenDataException TooLarge() => new(
        StagingErrors.WorkbookTooLarge,
        new LocalText("Bảng tính giải nén vượt quá giới hạn.", "The workbook unpacks beyond the bounds."));
}
