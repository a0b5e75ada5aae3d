using System.Text;
using ExcelDataReader;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Staging;

namespace OpenData.Warehouse.Rounds;

/// <summary>A workbook of a few pages that a person filled in, read whole: forms, not data. Sheets by name, in order.</summary>
public sealed record SmallWorkbook(IReadOnlyList<(string Name, IReadOnlyList<IReadOnlyList<WorkbookCell>> Rows)> Sheets)
{
    private const long UnpackedBytesMax = 64L << 20;
    private const int RowsMax = 20_000;
    private const int ColumnsMax = 200;

    /// <summary>Reads it.</summary>
    /// <param name="stream">The workbook; it can seek.</param>
    /// <param name="token">Ends the reading.</param>
    /// <exception cref="OpenDataException">OD2101, OD2102, OD2113, OD2114: no workbook, a damaged one, or more than a form holds.</exception>
    public static SmallWorkbook Read(Stream stream, CancellationToken token)
    {
        XlsxPackage.Check(stream, new StagingOptions(".") { WorkbookBytesMax = UnpackedBytesMax }, token);

        // The reader knows code pages of old formats too; it asks for them even for xlsx.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            stream.Position = 0;
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream, new ExcelReaderConfiguration { LeaveOpen = true });
            var sheets = new List<(string Name, IReadOnlyList<IReadOnlyList<WorkbookCell>> Rows)>();
            do
            {
                sheets.Add((reader.Name ?? "", Rows(reader, token)));
            }
            while (reader.NextResult());

            return new SmallWorkbook([.. sheets.Select(s => (s.Name, WithFaults(stream, s.Name, s.Rows)))]);
        }
        catch (Exception cause) when (XlsxPackage.IsDamage(cause))
        {
            throw XlsxPackage.Damaged(cause);
        }
    }

    private static List<IReadOnlyList<WorkbookCell>> Rows(IExcelDataReader reader, CancellationToken token)
    {
        var rows = new List<IReadOnlyList<WorkbookCell>>();
        while (reader.Read())
        {
            token.ThrowIfCancellationRequested();
            if (rows.Count == RowsMax || reader.FieldCount > ColumnsMax)
            {
                throw XlsxPackage.TooLarge();
            }

            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => new WorkbookCell(reader.GetValue(i), reader.GetNumberFormatString(i)))]);
        }

        return rows;
    }

    // The library gives cells that show an error, or whose formula was never worked out, as empty: a form would lose what somebody believes to have filled in.
    private static IReadOnlyList<IReadOnlyList<WorkbookCell>> WithFaults(Stream stream, string sheet, IReadOnlyList<IReadOnlyList<WorkbookCell>> rows)
    {
        var faults = new Dictionary<(long Row, int Column), string>();
        stream.Position = 0;
        XlsxPackage.CountRows(stream, sheet, 0, faults);
        return [.. rows.Select((row, r) => (IReadOnlyList<WorkbookCell>)[.. row.Select((cell, c) => cell with { IsFault = faults.ContainsKey((r + 1, c)) })])];
    }
}
