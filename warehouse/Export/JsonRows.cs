using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using OpenData.Catalogs;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export;

/// <summary>
/// Rows as JSON objects in UTF-8, Vietnamese letters as they are. Numbers carry every digit; points and other geometries are GeoJSON.
/// As a whole it writes <c>[{…},{…}]</c>; <see cref="Properties"/> serves writers with an envelope of their own. Benchmark <c>export-json</c>.
/// </summary>
public sealed class JsonRows : IRowWriter
{
    // Below space, the quote and the backslash: all that JSON asks to escape.
    private static readonly SearchValues<byte> Special =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    private readonly ExportColumn[] _columns;
    private readonly byte[][] _names;
    private readonly bool _exactAsText;
    private bool _first = true;

    /// <summary>Makes a writer.</summary>
    /// <param name="columns">Contract columns in the order of the result's.</param>
    /// <param name="timeZone">The dataset's zone, for timestamps.</param>
    /// <param name="exactAsText">True writes 64-bit integers and decimals as strings (OData's IEEE754Compatible).</param>
    public JsonRows(IReadOnlyList<ColumnContract> columns, string timeZone, bool exactAsText = false)
    {
        _columns = [.. columns.Select((c, i) => new ExportColumn(c, i, timeZone))];
        _names = [.. columns.Select((c, i) => Encoding.UTF8.GetBytes($"{(i == 0 ? "" : ",")}\"{c.Name}\":"))];
        _exactAsText = exactAsText;
    }

    /// <inheritdoc/>
    public void Begin(Utf8Buffer to) => to.Append((byte)'[');

    /// <inheritdoc/>
    public void Rows(ResultChunk chunk, Utf8Buffer to)
    {
        for (var row = 0; row < chunk.RowCount; row++)
        {
            to.Append(_first ? "\n{"u8 : ",\n{"u8);
            _first = false;
            Properties(chunk, row, to);
            to.Append((byte)'}');
        }
    }

    /// <inheritdoc/>
    public void End(Utf8Buffer to) => to.Append("\n]\n"u8);

    /// <summary>Writes <c>"a":1,"b":null</c> of one row, without braces.</summary>
    public void Properties(ResultChunk chunk, int row, Utf8Buffer to)
    {
        var names = _names;
        for (var i = 0; i < names.Length; i++)
        {
            to.Append(names[i]);
            Value(chunk, row, i, to);
        }
    }

    /// <summary>Writes one value, <c>null</c> included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Value(ResultChunk chunk, int row, int index, Utf8Buffer to)
    {
        var vector = chunk[index];
        if (vector.IsNull(row))
        {
            to.Append("null"u8);
            return;
        }

        Value(_columns[index], in vector, row, _exactAsText, to);
    }

    /// <summary>Writes a list as a JSON array, which is also how it stands in a text cell.</summary>
    internal static void List(ExportColumn column, ref readonly ColumnVector vector, int row, bool exactAsText, Utf8Buffer to)
    {
        var (from, count) = vector.ItemsAt(row);
        var items = vector.Items;
        to.Append((byte)'[');
        for (var i = from; i < from + count; i++)
        {
            if (i > from)
            {
                to.Append((byte)',');
            }

            Value(column.Item!, in items, i, exactAsText, to); // a list has one
        }

        to.Append((byte)']');
    }

    // The kinds that tables are full of are written from here: one more call with a table of jumps costs a tenth of the export.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Value(ExportColumn column, ref readonly ColumnVector vector, int row, bool exactAsText, Utf8Buffer to)
    {
        switch (column.Kind)
        {
            case ColumnKind.Text or ColumnKind.Code or ColumnKind.Json:
                Text(vector.Utf8(row), to);
                break;
            case ColumnKind.Timestamp:
                Instant(column, vector.Int64At(row), to);
                break;
            case ColumnKind.Float:
                Float(vector.DoubleAt(row), to);
                break;
            case ColumnKind.Geometry:
                WkbText.WriteGeoJson(vector.Blob(row), to);
                break;
            case ColumnKind.List:
                List(column, in vector, row, exactAsText, to);
                break;
            case ColumnKind.Boolean:
            case ColumnKind.Integer or ColumnKind.Decimal when !exactAsText:
                to.Advance(column.Plain(in vector, row, to.Free(ValueText.LengthMax)));
                break;
            default:
                to.Append((byte)'"');
                to.Advance(column.Plain(in vector, row, to.Free(ValueText.LengthMax)));
                to.Append((byte)'"');
                break;
        }
    }

    /// <summary>Writes a JSON string with its quotes.</summary>
    public static void Text(ReadOnlySpan<byte> text, Utf8Buffer to)
    {
        if (text.IndexOfAny(Special) >= 0)
        {
            Escaped(text, to);
            return;
        }

        var free = to.Free(text.Length + 2);
        free[0] = (byte)'"';
        text.CopyTo(free[1..]);
        free[text.Length + 1] = (byte)'"';
        to.Advance(text.Length + 2);
    }

    private static void Escaped(ReadOnlySpan<byte> text, Utf8Buffer to)
    {
        to.Append((byte)'"');
        for (var at = text.IndexOfAny(Special); at >= 0; at = text.IndexOfAny(Special))
        {
            to.Append(text[..at]);
            Escape(text[at], to);
            text = text[(at + 1)..];
        }

        to.Append(text);
        to.Append((byte)'"');
    }

    private static void Instant(ExportColumn column, long utcMicros, Utf8Buffer to)
    {
        var free = to.Free(ValueText.LengthMax);
        free[0] = (byte)'"';
        var end = 1 + column.Instants!.Write(free[1..], utcMicros); // made for this kind
        free[end] = (byte)'"';
        to.Advance(end + 1);
    }

    private static void Float(double value, Utf8Buffer to)
    {
        if (double.IsFinite(value))
        {
            to.Advance(ValueText.Float(to.Free(ValueText.LengthMax), value));
            return;
        }

        // JSON has no numbers for these: they are strings, as in OData.
        to.Append((byte)'"');
        to.Advance(ValueText.Float(to.Free(ValueText.LengthMax), value));
        to.Append((byte)'"');
    }

    private static void Escape(byte value, Utf8Buffer to)
    {
        switch (value)
        {
            case (byte)'"':
                to.Append("\\\""u8);
                break;
            case (byte)'\\':
                to.Append("\\\\"u8);
                break;
            case (byte)'\n':
                to.Append("\\n"u8);
                break;
            case (byte)'\r':
                to.Append("\\r"u8);
                break;
            case (byte)'\t':
                to.Append("\\t"u8);
                break;
            default:
                to.Append("\\u00"u8);
                to.Append(value < 0x10 ? (byte)'0' : (byte)'1');
                to.Append("0123456789abcdef"u8[value & 15]);
                break;
        }
    }
}
