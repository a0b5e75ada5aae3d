using System.Globalization;
using System.Text;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Export;

/// <summary>
/// The information sheet: where the rows come from and on what terms, how cells are to be read, and the dictionary of the columns. It is written
/// after the rows, so it can say what happened to them.
/// </summary>
/// <param name="table">What the rows are.</param>
/// <param name="columns">The columns as they were written.</param>
/// <param name="rows">Number of rows.</param>
/// <param name="sheets">Names of the sheets they are in.</param>
internal sealed class XlsxAbout(TableDescription table, IReadOnlyList<XlsxColumn> columns, long rows, IReadOnlyList<string> sheets)
{
    /// <summary>Name of the sheet.</summary>
    public const string Name = "Thông tin - About";

    // Letters of each column of the sheet; the first three serve both tables.
    private static readonly int[] Widths = [30, 60, 60, 18, 44, 44, 12, 60, 60];

    private int _row;

    /// <summary>Writes the part.</summary>
    public void Write(Utf8Buffer to)
    {
        XlsxText.Raw("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView workbookViewId=\"0\"/></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>", to);
        for (var i = 0; i < Widths.Length; i++)
        {
            XlsxText.Raw(string.Create(CultureInfo.InvariantCulture, $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{Widths[i]}\" customWidth=\"1\"/>"), to);
        }

        XlsxText.Raw("</cols><sheetData>", to);
        Source(to);
        _row++;
        Reading(to);
        _row++;
        Dictionary(to);
        XlsxText.Raw("</sheetData><pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/></worksheet>", to);
    }

    private void Source(Utf8Buffer to)
    {
        var contract = table.Contract;
        var publisher = table.Publisher?.Name ?? new LocalText(contract.Publisher, contract.Publisher);
        Row(to, isHead: true, "Thông tin về tệp này - About this file");
        Pair(to, "Tên - Title", contract.Title);
        Pair(to, "Tóm tắt - Summary", contract.Summary);
        if (contract.Synthetic)
        {
            Pair(to, "Mô phỏng - Synthetic", new LocalText("Giá trị được tạo ra để minh họa, không phải số liệu thật.", "The values are made up to show the platform at work; they are no real figures."));
        }

        Row(to, isHead: false, "Bộ dữ liệu - Dataset", contract.Id);
        Pair(to, "Cơ quan công bố - Publisher", publisher);
        Pair(to, "Giấy phép - Licence", table.License?.Name ?? new LocalText(contract.License, contract.License));
        if (table.License is { } license)
        {
            Pair(to, "Điều khoản - Terms", license.Text);
            Row(to, isHead: false, "Toàn văn - Full text", license.Url);
            Pair(to, "Ghi nguồn - Attribution", new LocalText(
                Filled(license.Attribution.Vi, contract.Title.Vi, publisher.Vi),
                Filled(license.Attribution.En, contract.Title.En, publisher.En)));
        }

        Row(to, isHead: false, "Phiên bản - Version", table.Version);
        Row(to, isHead: false, "Công bố lúc - Published at", Local(table.PublishedAt));
        Row(to, isHead: false, "Địa chỉ - Address", table.Address?.AbsoluteUri);
        Row(to, isHead: false, "Số dòng - Rows", rows.ToString(CultureInfo.InvariantCulture));
        if (sheets.Count > 1)
        {
            Row(to, isHead: false, "Trang tính - Sheets", string.Join(", ", sheets));
        }
    }

    private void Reading(Utf8Buffer to)
    {
        Row(to, isHead: true, "Cách đọc - How to read");
        Pair(to, "Ô trống - Empty cells", new LocalText(
            "Ô trống là không có giá trị. Văn bản rỗng là ô có chuỗi độ dài 0.",
            "An empty cell is no value. An empty text is a cell with a text of length 0."));
        Pair(to, "Văn bản và mã - Texts and codes", new LocalText(
            "Là văn bản: giữ số 0 ở đầu, không bao giờ là công thức, kể cả khi bắt đầu bằng dấu =.",
            "Texts: zeros at the front stay, and they are never formulas, even where they begin with =."));
        if (columns.Any(c => c.Plan.Kind == CellKind.WallTime))
        {
            Pair(to, "Thời điểm - Instants", new LocalText(
                "Ngày giờ theo đồng hồ của múi giờ ghi ở đầu cột.",
                "Date and time by the clocks of the zone that the head of the column names."));
        }

        var longNumbers = columns.Where(c => c.Plan.IsLongNumber).Select(c => c.Contract.Name).ToList();
        if (longNumbers.Count > 0)
        {
            var names = string.Join(", ", longNumbers);
            Pair(to, "Số dài - Long numbers", new LocalText(
                $"Excel chỉ giữ {CellPlan.DigitsMax} chữ số, nên các cột này là văn bản: {names}.",
                $"Excel keeps {CellPlan.DigitsMax} digits only, so these columns are text: {names}."));
        }

        foreach (var column in columns.Where(c => c.TooLong > 0))
        {
            var count = column.TooLong.ToString(CultureInfo.InvariantCulture);
            Pair(to, "Không ghi được - Not written", new LocalText(
                $"Cột {column.Contract.Name}: {count} giá trị dài hơn {XlsxText.LengthMax} ký tự, ô Excel không chứa được; ô ghi rõ điều đó, giá trị có trong tệp CSV.",
                $"Column {column.Contract.Name}: {count} values have more than {XlsxText.LengthMax} characters, which no Excel cell holds; their cells say so, and the CSV file has the values."));
        }
    }

    private void Dictionary(Utf8Buffer to)
    {
        Row(to, isHead: true, "Cột - Column", "Tên", "Title", "Kiểu - Type", "Trong tệp này", "In this file", "Đơn vị - Unit", "Mô tả", "Description");
        foreach (var column in columns)
        {
            var contract = column.Contract;
            Row(
                to,
                isHead: false,
                contract.Name,
                contract.Title.Vi,
                contract.Title.En,
                contract.Type.ToString(),
                column.Plan.Note.Vi,
                column.Plan.Note.En,
                contract.Unit,
                contract.Description?.Vi,
                contract.Description?.En);
        }
    }

    private void Pair(Utf8Buffer to, string label, LocalText text) => Row(to, isHead: false, label, text.Vi, text.En);

    private void Row(Utf8Buffer to, bool isHead, params ReadOnlySpan<string?> cells)
    {
        _row++;
        XlsxText.Raw(string.Create(CultureInfo.InvariantCulture, $"<row r=\"{_row}\">"), to);
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] is { Length: > 0 } text)
            {
                var style = isHead || i == 0 ? XlsxStyles.Label : XlsxStyles.Wrapped;
                XlsxText.Raw(string.Create(CultureInfo.InvariantCulture, $"<c r=\"{XlsxColumn.Letters(i)}{_row}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"), to);
                var utf8 = Encoding.UTF8.GetBytes(text);
                XlsxText.Write(XlsxText.Fits(utf8) ? utf8 : XlsxText.TooLong(text.Length), to);
                XlsxText.Raw("</t></is></c>", to);
            }
        }

        XlsxText.Raw("</row>", to);
    }

    private string? Local(DateTimeOffset? instant) => instant is { } at
        ? TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(table.Contract.TimeZone)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)
        : null;

    private string Filled(string template, string title, string publisher) => template
        .Replace("{title}", title, StringComparison.Ordinal)
        .Replace("{publisher}", publisher, StringComparison.Ordinal)
        .Replace("{version}", table.Version ?? "", StringComparison.Ordinal);
}
