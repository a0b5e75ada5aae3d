using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace OpenData.Portal.Tests;

/// <summary>A downloaded form in the hands of somebody with a spreadsheet program.</summary>
internal sealed class FilledForm(byte[] bytes) : IDisposable
{
    private readonly MemoryStream _stream = Copy(bytes);

    /// <summary>What the validator of the format says of it.</summary>
    public IReadOnlyList<string> Complaints()
    {
        using var document = SpreadsheetDocument.Open(_stream, isEditable: false);
        return [.. new OpenXmlValidator(FileFormatVersions.Office2013).Validate(document).Select(e => $"{e.Path?.XPath}: {e.Description}")];
    }

    /// <summary>The cell of a row and column as shown.</summary>
    public string Shown(string key, string column)
    {
        using var document = SpreadsheetDocument.Open(_stream, isEditable: false);
        return Cell(document, key, column).InnerText;
    }

    /// <summary>Address of the cell of a row and column.</summary>
    public string Address(string key, string column)
    {
        using var document = SpreadsheetDocument.Open(_stream, isEditable: false);
        return Cell(document, key, column).CellReference!.Value!;
    }

    /// <summary>Types a text.</summary>
    public FilledForm Type(string key, string column, string text) => Change(key, column, cell =>
    {
        cell.DataType = CellValues.InlineString;
        cell.InlineString = new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve });
    });

    /// <summary>Pastes a number, with the format that the cell takes along.</summary>
    public FilledForm Paste(string key, string column, string number, uint format = 0) => Change(key, column, cell =>
    {
        cell.RemoveAllChildren();
        cell.DataType = null;
        cell.CellValue = new CellValue(number);
        cell.StyleIndex = format;
    });

    /// <summary>Pastes an error or a formula that was never worked out.</summary>
    public FilledForm Break(string key, string column) => Change(key, column, cell =>
    {
        cell.RemoveAllChildren();
        cell.DataType = CellValues.Error;
        cell.CellValue = new CellValue("#N/A");
    });

    /// <summary>Adds a format of numbers and gives its index.</summary>
    public uint Format(uint number)
    {
        using var document = SpreadsheetDocument.Open(_stream, isEditable: true);
        var formats = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet.CellFormats!;
        formats.Append(new CellFormat { NumberFormatId = number, ApplyNumberFormat = true });
        return (uint)formats.ChildElements.Count - 1;
    }

    /// <summary>Takes a row out, or gives it another key.</summary>
    public FilledForm Rename(string key, string other) => other.Length == 0 ? Change(key, "J", cell => cell.Parent!.Remove()) : Type(key, "J", other);

    /// <summary>The file as it is now.</summary>
    public byte[] Bytes() => _stream.ToArray();

    public void Dispose() => _stream.Dispose();

    private FilledForm Change(string key, string column, Action<Cell> change)
    {
        using var document = SpreadsheetDocument.Open(_stream, isEditable: true);
        change(Cell(document, key, column));
        return this;
    }

    private static Cell Cell(SpreadsheetDocument document, string key, string column)
        => document.WorkbookPart!.WorksheetParts.SelectMany(p => p.Worksheet.Descendants<Row>())
            .Single(r => r.Elements<Cell>().Any(c => c.CellReference!.Value!.StartsWith('J') && c.InnerText == key))
            .Elements<Cell>().Single(c => c.CellReference!.Value!.StartsWith(column, StringComparison.Ordinal));

    private static MemoryStream Copy(byte[] bytes)
    {
        var stream = new MemoryStream();
        stream.Write(bytes);
        return stream;
    }
}
