using System.Globalization;

namespace OpenData.Warehouse.Export;

/// <summary>
/// An Excel workbook: the rows on one sheet (or on as many as Excel's limit of rows needs) and an information sheet. Written in one pass,
/// forward, with memory that does not grow; equal rows give equal bytes. What cells are is decided by <c>CellPlan</c>, and docs/formats.md
/// says it type by type. Benchmark <c>export-xlsx</c>.
/// </summary>
public sealed class XlsxDistribution : IDistributionWriter
{
    private const string SheetName = "data";

    private readonly int _sheetRowsMax;

    /// <summary>Makes the writer.</summary>
    public XlsxDistribution()
        : this(XlsxSheet.RowsMax)
    {
    }

    /// <summary>Makes a writer that begins a new sheet sooner.</summary>
    internal XlsxDistribution(int sheetRowsMax) => _sheetRowsMax = sheetRowsMax;

    /// <inheritdoc/>
    public DistributionFormat Format => DistributionFormat.Xlsx;

    /// <inheritdoc/>
    public async Task<long> WriteAsync(RowSet rows, Stream target, CancellationToken token)
    {
        var table = rows.Table;
        var styles = new XlsxStyles();
        XlsxColumn[] columns = [.. table.Columns.Select((c, i) => new XlsxColumn(c, i, table, styles))];
        using var archive = new XlsxArchive(target);
        await archive.PartAsync("docProps/app.xml", XlsxBook.App, token);
        await archive.PartAsync("docProps/core.xml", to => XlsxBook.Core(table, to), token);
        var (count, filtered) = await SheetsAsync(rows, columns, archive, token);
        List<string> sheets = [.. filtered.Select((_, i) => NameOf(i + 1))];
        var about = new XlsxAbout(table, columns, count, [.. sheets]);
        sheets.Add(XlsxAbout.Name);
        await archive.PartAsync("xl/" + XlsxBook.SheetPart(sheets.Count), about.Write, token);
        await archive.PartAsync("xl/styles.xml", styles.Write, token);
        await archive.PartAsync("xl/workbook.xml", to => XlsxBook.Workbook(sheets, filtered, to), token);
        await archive.PartAsync("xl/_rels/workbook.xml.rels", to => XlsxBook.Relations(sheets.Count, to), token);
        await archive.PartAsync("_rels/.rels", XlsxBook.PackageRelations, token);
        await archive.PartAsync("[Content_Types].xml", to => XlsxBook.ContentTypes(sheets.Count, to), token);
        await archive.CompleteAsync(token);
        return count;
    }

    private async Task<(long Rows, List<string> Filtered)> SheetsAsync(RowSet rows, XlsxColumn[] columns, XlsxArchive archive, CancellationToken token)
    {
        using var reader = rows.Open(token);
        using var sheet = new XlsxSheet(columns);
        var filtered = new List<string>();
        long count = 0;
        archive.Begin("xl/" + XlsxBook.SheetPart(1));
        sheet.Begin(isFirst: true, archive.Text);
        while (reader.Read(out var chunk))
        {
            for (var row = 0; row < chunk.RowCount; row++)
            {
                if (sheet.Rows == _sheetRowsMax)
                {
                    await EndAsync();
                    archive.Begin("xl/" + XlsxBook.SheetPart(filtered.Count + 1));
                    sheet.Begin(isFirst: false, archive.Text);
                }

                sheet.Row(chunk, row, archive.Text);
                await archive.MoveAsync(token);
            }

            count += chunk.RowCount;
        }

        await EndAsync();
        return (count, filtered);

        async Task EndAsync()
        {
            sheet.End(archive.Text);
            filtered.Add(XlsxSheet.Filtered(columns.Length, sheet.Rows));
            await archive.EndAsync(token);
        }
    }

    private static string NameOf(int number)
        => number == 1 ? SheetName : string.Create(CultureInfo.InvariantCulture, $"{SheetName} ({number})");
}
