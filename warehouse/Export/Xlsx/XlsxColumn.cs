using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export;

/// <summary>One column of the sheets: what is the same in all its cells is made once. Serves one output.</summary>
internal sealed class XlsxColumn
{
    private const long NumberLimit = 1_000_000_000_000_000;

    // Excel's own bounds: it has no smaller and no larger numbers.
    private const double FloatMin = 2.2250738585072014E-308;
    private const double FloatMax = 9.99999999999999E+307;

    private readonly ExportColumn _column;
    private readonly ZoneOffsets? _offsets;
    private readonly byte[] _cell;
    private readonly byte[] _number;
    private readonly byte[] _boolean;
    private readonly byte[] _text;
    private readonly byte[] _spacedText;

    /// <summary>Prepares a column.</summary>
    /// <param name="contract">The column.</param>
    /// <param name="index">Its place in the result, from 0.</param>
    /// <param name="table">What the rows are.</param>
    /// <param name="styles">Takes the number format.</param>
    public XlsxColumn(ColumnContract contract, int index, TableDescription table, XlsxStyles styles)
    {
        var range = table.Ranges.GetValueOrDefault(contract.Name);
        Contract = contract;
        Plan = CellPlan.Of(contract, range, table.Contract.TimeZone);
        Style = styles.Of(Plan.Format);
        Width = WidthOf(Plan, contract, range, Head.Length);
        _column = new ExportColumn(contract, index, table.Contract.TimeZone);
        _offsets = Plan.Zone is { } zone ? ZoneOffsets.Of(zone) : null;
        _cell = Ascii($"<c r=\"{Letters(index)}");
        var style = Style == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" s=\"{Style}\"");
        _number = Ascii($"\"{style}><v>");
        _boolean = Ascii($"\"{style} t=\"b\"><v>");
        _text = Ascii($"\"{style} t=\"inlineStr\"><is><t>");
        _spacedText = Ascii($"\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    }

    /// <summary>The column as promised.</summary>
    public ColumnContract Contract { get; }

    /// <summary>What its cells are.</summary>
    public CellPlan Plan { get; }

    /// <summary>Index of the style of its cells.</summary>
    public int Style { get; }

    /// <summary>Width in letters.</summary>
    public int Width { get; }

    /// <summary>What stands above it: the name, and the zone where cells show the time of its clocks.</summary>
    public string Head => Plan.Zone is { } zone ? $"{Contract.Name} ({zone})" : Contract.Name;

    /// <summary>Texts so far that no cell can hold.</summary>
    public long TooLong { get; private set; }

    /// <summary>The letters of a column, from 0: A to Z, AA, AB and on.</summary>
    public static string Letters(int index)
        => index < 26 ? ((char)('A' + index)).ToString() : Letters((index / 26) - 1) + (char)('A' + (index % 26));

    /// <summary>Writes the cell of a row; nothing when it has no value.</summary>
    /// <param name="chunk">The rows.</param>
    /// <param name="row">Row in the chunk.</param>
    /// <param name="number">Number of the row in the sheet, as digits.</param>
    /// <param name="scratch">For values whose length shows only when they are written.</param>
    /// <param name="to">The sheet.</param>
    /// <exception cref="OpenDataException">OD1321 when the value is outside of the range by which the column was decided.</exception>
    public void Write(ResultChunk chunk, int row, ReadOnlySpan<byte> number, Utf8Buffer scratch, Utf8Buffer to)
    {
        var vector = chunk[_column.Index];
        if (vector.IsNull(row))
        {
            return;
        }

        switch (Plan.Kind)
        {
            case CellKind.Number:
                if (!IsShort(in vector, row))
                {
                    throw Contradicts();
                }

                Plain(in vector, row, number, to);
                break;
            case CellKind.Float when IsFloatOfExcel(vector.DoubleAt(row)):
                Plain(in vector, row, number, to);
                break;
            case CellKind.Boolean:
                Open(_boolean, number, to);
                to.Append(vector.BoolAt(row) ? (byte)'1' : (byte)'0');
                to.Append("</v></c>"u8);
                break;
            case CellKind.Date:
                Day(vector.Int64At(row), number, to);
                break;
            case CellKind.Time:
                Part(vector.Int64At(row), ValueText.MicrosPerDay, number, to);
                break;
            case CellKind.Days:
                Part(vector.Int64At(row), ExcelDays.Coarse * ValueText.MicrosPerDay, number, to);
                break;
            case CellKind.WallTime:
                WallTime(vector.Int64At(row), number, to);
                break;
            default:
                Text(in vector, row, number, scratch, to);
                break;
        }
    }

    private static bool IsFloatOfExcel(double value) => Math.Abs(value) is (>= FloatMin and <= FloatMax) or 0;

    private bool IsShort(ref readonly ColumnVector vector, int row)
    {
        var digits = _column.Kind == ColumnKind.Integer ? vector.Int64At(row) : vector.DecimalAt(row).Unscaled;
        return digits > -NumberLimit && digits < NumberLimit;
    }

    private void Plain(ref readonly ColumnVector vector, int row, ReadOnlySpan<byte> number, Utf8Buffer to)
    {
        Open(_number, number, to);
        to.Advance(_column.Plain(in vector, row, to.Free(ValueText.LengthMax)));
        to.Append("</v></c>"u8);
    }

    private void Day(long days, ReadOnlySpan<byte> number, Utf8Buffer to)
    {
        if (days is < ExcelDays.First - ExcelDays.Epoch or > ExcelDays.Last - ExcelDays.Epoch)
        {
            throw Contradicts();
        }

        Open(_number, number, to);
        to.Advance(ValueText.Integer(to.Free(ValueText.LengthMax), days + ExcelDays.Epoch));
        to.Append("</v></c>"u8);
    }

    private void Part(long micros, long limit, ReadOnlySpan<byte> number, Utf8Buffer to)
    {
        if (micros < 0 || micros >= limit)
        {
            throw Contradicts();
        }

        Double(ExcelDays.OfSpan(micros), number, to);
    }

    private void WallTime(long utcMicros, ReadOnlySpan<byte> number, Utf8Buffer to)
    {
        var clock = utcMicros + (_offsets!.MinutesAt(utcMicros) * 60_000_000L);
        if (clock is < ExcelDays.MicrosFirst or >= ExcelDays.MicrosCoarse)
        {
            throw Contradicts();
        }

        Double(ExcelDays.OfClock(clock), number, to);
    }

    private void Double(double value, ReadOnlySpan<byte> number, Utf8Buffer to)
    {
        Open(_number, number, to);
        to.Advance(ValueText.Float(to.Free(ValueText.LengthMax), value));
        to.Append("</v></c>"u8);
    }

    private void Text(ref readonly ColumnVector vector, int row, ReadOnlySpan<byte> number, Utf8Buffer scratch, Utf8Buffer to)
    {
        if (_column.Kind is ColumnKind.Text or ColumnKind.Code or ColumnKind.Json)
        {
            Text(vector.Utf8(row), number, to);
            return;
        }

        scratch.Clear();
        if (_column.Kind == ColumnKind.Geometry)
        {
            WkbText.WriteWkt(vector.Blob(row), scratch);
        }
        else if (_column.Kind == ColumnKind.List)
        {
            JsonRows.List(_column, in vector, row, exactAsText: false, scratch);
        }
        else
        {
            scratch.Advance(_column.Plain(in vector, row, scratch.Free(ValueText.LengthMax)));
        }

        Text(scratch.Written.Span, number, to);
    }

    private void Text(ReadOnlySpan<byte> text, ReadOnlySpan<byte> number, Utf8Buffer to)
    {
        if (!XlsxText.Fits(text))
        {
            TooLong++;
            text = XlsxText.TooLong(Encoding.UTF8.GetCharCount(text));
        }

        Open(XlsxText.HasOuterSpace(text) ? _spacedText : _text, number, to);
        XlsxText.Write(text, to);
        to.Append("</t></is></c>"u8);
    }

    private void Open(byte[] kind, ReadOnlySpan<byte> number, Utf8Buffer to)
    {
        // One look at the free room for three pieces: this runs for every cell.
        var free = to.Free(_cell.Length + number.Length + kind.Length);
        _cell.CopyTo(free);
        free = free[_cell.Length..];
        number.CopyTo(free);
        kind.CopyTo(free[number.Length..]);
        to.Advance(_cell.Length + number.Length + kind.Length);
    }

    // Room for what the range says is in it and for the head with its filter button; not so wide that nothing else is seen.
    private static int WidthOf(CellPlan plan, ColumnContract contract, ColumnRange? range, int head)
    {
        var known = Math.Max(range?.Min?.Length ?? 0, range?.Max?.Length ?? 0) + 2;
        var values = plan.Kind switch
        {
            CellKind.Date => 12,
            CellKind.Time or CellKind.Days => 14,
            CellKind.WallTime => plan.Format.Length + 3,
            CellKind.Boolean => 8,
            CellKind.Float => 14,
            CellKind.Number => known + 4,
            _ => contract.Type.Kind switch
            {
                ColumnKind.Uuid => 38,
                ColumnKind.Geometry or ColumnKind.Json or ColumnKind.List => 40,
                _ => range is null ? 24 : known,
            },
        };
        return Math.Clamp(Math.Max(values, head + 4), 8, 50);
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private OpenDataException Contradicts() => new(
        ExportErrors.ValueOutsideRange,
        new LocalText(
            $"Cột {Contract.Name} có giá trị nằm ngoài khoảng đã ghi cho phiên bản, Excel sẽ làm sai giá trị đó.",
            $"Column {Contract.Name} has a value outside of the range recorded for the version, and Excel would change it."));
}
