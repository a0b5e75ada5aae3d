using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using OpenData.Catalogs;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export;

/// <summary>
/// CSV by RFC 4180 in UTF-8: quotes only where needed, nothing for null and <c>""</c> for empty text, so that the two differ; TSV is the same
/// with another separator. The result's columns are the given contract columns in order. Benchmark <c>export-csv</c>.
/// </summary>
public sealed class CsvRows : IRowWriter
{
    private static readonly SearchValues<byte> CommaSpecial = SearchValues.Create(",\"\r\n"u8);
    private static readonly SearchValues<byte> TabSpecial = SearchValues.Create("\t\"\r\n"u8);

    private readonly ExportColumn[] _columns;
    private readonly CsvDialect _dialect;
    private readonly byte _separator;
    private Utf8Buffer? _list;

    /// <summary>Makes a writer.</summary>
    /// <param name="columns">Contract columns in the order of the result's.</param>
    /// <param name="timeZone">The dataset's zone, for timestamps.</param>
    /// <param name="dialect">Separator, line ends and byte order mark; <see cref="CsvDialect.Plain"/> is the canonical form.</param>
    public CsvRows(IReadOnlyList<ColumnContract> columns, string timeZone, CsvDialect dialect = CsvDialect.Plain)
    {
        _columns = [.. columns.Select((c, i) => new ExportColumn(c, i, timeZone))];
        _dialect = dialect;
        _separator = (byte)(dialect == CsvDialect.Tab ? '\t' : ',');
    }

    /// <inheritdoc/>
    public void Begin(Utf8Buffer to)
    {
        if (_dialect == CsvDialect.Excel)
        {
            to.Append("\uFEFF"u8);
        }

        for (var i = 0; i < _columns.Length; i++)
        {
            if (i > 0)
            {
                to.Append(_separator);
            }

            Text(Encoding.UTF8.GetBytes(_columns[i].Contract.Name), to);
        }

        to.Append(_dialect == CsvDialect.Excel ? "\r\n"u8 : "\n"u8);
    }

    /// <inheritdoc/>
    public void Rows(ResultChunk chunk, Utf8Buffer to)
    {
        // Two loops, since asking for the dialect at every value costs the canonical form a tenth of its time.
        if (_dialect == CsvDialect.Excel)
        {
            ExcelRows(chunk, to);
        }
        else
        {
            PlainRows(chunk, to);
        }
    }

    /// <inheritdoc/>
    public void End(Utf8Buffer to)
    {
        // The last line is the end.
    }

    private void PlainRows(ResultChunk chunk, Utf8Buffer to)
    {
        var columns = _columns;
        for (var row = 0; row < chunk.RowCount; row++)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                if (i > 0)
                {
                    to.Append(_separator);
                }

                var vector = chunk[i];
                if (!vector.IsNull(row))
                {
                    Value(columns[i], in vector, row, to);
                }
            }

            to.Append((byte)'\n');
        }
    }

    private void ExcelRows(ResultChunk chunk, Utf8Buffer to)
    {
        for (var row = 0; row < chunk.RowCount; row++)
        {
            for (var i = 0; i < _columns.Length; i++)
            {
                if (i > 0)
                {
                    to.Append(_separator);
                }

                var vector = chunk[i];
                if (!vector.IsNull(row))
                {
                    ExcelValue(_columns[i], in vector, row, to);
                }
            }

            to.Append("\r\n"u8);
        }
    }

    // The kinds that tables are full of are written from here: one more call with a table of jumps costs a tenth of the export.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Value(ExportColumn column, ref readonly ColumnVector vector, int row, Utf8Buffer to)
    {
        switch (column.Kind)
        {
            case ColumnKind.Text or ColumnKind.Code or ColumnKind.Json:
                Text(vector.Utf8(row), to);
                break;
            case ColumnKind.Timestamp:
                to.Advance(column.Instants!.Write(to.Free(ValueText.LengthMax), vector.Int64At(row))); // made for this kind
                break;
            case ColumnKind.Float:
                to.Advance(ValueText.Float(to.Free(ValueText.LengthMax), vector.DoubleAt(row)));
                break;
            case ColumnKind.Geometry:
                Geometry(vector.Blob(row), to);
                break;
            case ColumnKind.List:
                List(column, in vector, row, to);
                break;
            default:
                to.Advance(column.Plain(in vector, row, to.Free(ValueText.LengthMax)));
                break;
        }
    }

    private void ExcelValue(ExportColumn column, ref readonly ColumnVector vector, int row, Utf8Buffer to)
    {
        switch (column.Kind)
        {
            case ColumnKind.Text or ColumnKind.Code or ColumnKind.Json when FormulaCell.Is(vector.Utf8(row)):
                Quoted(vector.Utf8(row), to, "'"u8);
                break;
            case ColumnKind.Duration when vector.Int64At(row) < 0:
            case ColumnKind.Float when double.IsNegativeInfinity(vector.DoubleAt(row)):
                // Begins with a minus and is no number: Excel would look for a name "PT1M" or "INF".
                to.Append((byte)'\'');
                Value(column, in vector, row, to);
                break;
            default:
                Value(column, in vector, row, to);
                break;
        }
    }

    private void Geometry(ReadOnlySpan<byte> wkb, Utf8Buffer to)
    {
        // WKT holds commas between positions, so it is always quoted where they separate; it never holds a quote or a tab.
        if (_dialect == CsvDialect.Tab)
        {
            WkbText.WriteWkt(wkb, to);
            return;
        }

        to.Append((byte)'"');
        WkbText.WriteWkt(wkb, to);
        to.Append((byte)'"');
    }

    private void List(ExportColumn column, ref readonly ColumnVector vector, int row, Utf8Buffer to)
    {
        _list ??= new Utf8Buffer(capacity: 256);
        _list.Clear();
        JsonRows.List(column, in vector, row, exactAsText: false, _list);
        Text(_list.Written.Span, to);
    }

    private void Text(ReadOnlySpan<byte> text, Utf8Buffer to)
    {
        var special = _dialect == CsvDialect.Tab ? text.IndexOfAny(TabSpecial) : text.IndexOfAny(CommaSpecial);
        if (special < 0 && text.Length > 0)
        {
            to.Append(text);
            return;
        }

        Quoted(text, to, []);
    }

    private static void Quoted(ReadOnlySpan<byte> text, Utf8Buffer to, ReadOnlySpan<byte> first)
    {
        to.Append((byte)'"');
        to.Append(first);
        for (var quote = text.IndexOf((byte)'"'); quote >= 0; quote = text.IndexOf((byte)'"'))
        {
            to.Append(text[..(quote + 1)]);
            to.Append((byte)'"');
            text = text[(quote + 1)..];
        }

        to.Append(text);
        to.Append((byte)'"');
    }
}
