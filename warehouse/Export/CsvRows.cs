using System.Buffers;
using System.Text;
using OpenData.Catalogs;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export;

/// <summary>
/// CSV by RFC 4180 in UTF-8: comma, quotes only where needed, nothing for null and <c>""</c> for empty text, so that the two differ.
/// The result's columns are the given contract columns in order. Benchmark <c>export-csv</c>.
/// </summary>
public sealed class CsvRows : IRowWriter
{
    private static readonly SearchValues<byte> Special = SearchValues.Create(",\"\r\n"u8);

    private readonly ExportColumn[] _columns;
    private readonly CsvDialect _dialect;

    /// <summary>Makes a writer.</summary>
    /// <param name="columns">Contract columns in the order of the result's.</param>
    /// <param name="timeZone">The dataset's zone, for timestamps.</param>
    /// <param name="dialect">Line ends and byte order mark; <see cref="CsvDialect.Plain"/> is the canonical form.</param>
    public CsvRows(IReadOnlyList<ColumnContract> columns, string timeZone, CsvDialect dialect = CsvDialect.Plain)
    {
        _columns = [.. columns.Select((c, i) => new ExportColumn(c, i, timeZone))];
        _dialect = dialect;
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
                to.Append((byte)',');
            }

            Text(Encoding.UTF8.GetBytes(_columns[i].Contract.Name), to);
        }

        LineEnd(to);
    }

    /// <inheritdoc/>
    public void Rows(ResultChunk chunk, Utf8Buffer to)
    {
        for (var row = 0; row < chunk.RowCount; row++)
        {
            for (var i = 0; i < _columns.Length; i++)
            {
                if (i > 0)
                {
                    to.Append((byte)',');
                }

                var column = _columns[i];
                var vector = chunk[column.Index];
                if (!vector.IsNull(row))
                {
                    Value(column, in vector, row, to);
                }
            }

            LineEnd(to);
        }
    }

    /// <inheritdoc/>
    public void End(Utf8Buffer to)
    {
        // A CSV ends with its last line.
    }

    private static void Value(ExportColumn column, ref readonly ColumnVector vector, int row, Utf8Buffer to)
    {
        switch (column.Kind)
        {
            case ColumnKind.Text or ColumnKind.Code or ColumnKind.Json:
                Text(vector.Utf8(row), to);
                break;
            case ColumnKind.Geometry:
                // WKT holds commas between points, so it is always quoted; it never holds a quote.
                to.Append((byte)'"');
                WkbText.WriteWkt(vector.Blob(row), to);
                to.Append((byte)'"');
                break;
            default:
                to.Advance(column.Plain(in vector, row, to.Free(ValueText.LengthMax)));
                break;
        }
    }

    private static void Text(ReadOnlySpan<byte> text, Utf8Buffer to)
    {
        if (text.Length > 0 && text.IndexOfAny(Special) < 0)
        {
            to.Append(text);
            return;
        }

        to.Append((byte)'"');
        for (var quote = text.IndexOf((byte)'"'); quote >= 0; quote = text.IndexOf((byte)'"'))
        {
            to.Append(text[..(quote + 1)]);
            to.Append((byte)'"');
            text = text[(quote + 1)..];
        }

        to.Append(text);
        to.Append((byte)'"');
    }

    private void LineEnd(Utf8Buffer to)
    {
        if (_dialect == CsvDialect.Excel)
        {
            to.Append((byte)'\r');
        }

        to.Append((byte)'\n');
    }
}
