using System.Buffers.Binary;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Export;

/// <summary>Writes a WKB geometry as WKT (CSV) or as GeoJSON (JSON); bounded in depth, never beyond the blob.</summary>
internal static class WkbText
{
    private const int DepthMax = 4;

    private static readonly string[] WktNames =
        ["", "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"];

    private static readonly string[] GeoJsonNames =
        ["", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"];

    /// <summary>For example <c>POINT (105.84 21.59)</c>.</summary>
    public static void WriteWkt(ReadOnlySpan<byte> wkb, Utf8Buffer to)
    {
        var cursor = new Cursor(wkb);
        Wkt(ref cursor, to, 0, named: true);
    }

    /// <summary>For example <c>{"type":"Point","coordinates":[105.84,21.59]}</c>.</summary>
    public static void WriteGeoJson(ReadOnlySpan<byte> wkb, Utf8Buffer to)
    {
        var cursor = new Cursor(wkb);
        GeoJson(ref cursor, to, 0);
    }

    private static void Wkt(ref Cursor cursor, Utf8Buffer to, int depth, bool named)
    {
        var type = cursor.Header(depth);
        if (named)
        {
            Ascii(WktNames[type], to);
            to.Append((byte)' ');
        }

        switch (type)
        {
            case 1:
                to.Append((byte)'(');
                Pair(ref cursor, to, (byte)' ');
                to.Append((byte)')');
                break;
            case 2:
                WktPoints(ref cursor, to);
                break;
            case 3:
                Open(ref cursor, to, out var rings);
                for (var i = 0; i < rings; i++)
                {
                    Comma(to, i, ", "u8);
                    WktPoints(ref cursor, to);
                }

                Close(to, rings);
                break;
            default:
                Open(ref cursor, to, out var parts);
                for (var i = 0; i < parts; i++)
                {
                    Comma(to, i, ", "u8);
                    Wkt(ref cursor, to, depth + 1, named: type == 7);
                }

                Close(to, parts);
                break;
        }
    }

    private static void WktPoints(ref Cursor cursor, Utf8Buffer to)
    {
        Open(ref cursor, to, out var count);
        for (var i = 0; i < count; i++)
        {
            Comma(to, i, ", "u8);
            Pair(ref cursor, to, (byte)' ');
        }

        Close(to, count);
    }

    private static void GeoJson(ref Cursor cursor, Utf8Buffer to, int depth)
    {
        var type = cursor.Header(depth);
        to.Append("{\"type\":\""u8);
        Ascii(GeoJsonNames[type], to);
        to.Append(type == 7 ? "\",\"geometries\":"u8 : "\",\"coordinates\":"u8);
        Coordinates(ref cursor, to, depth, type);
        to.Append((byte)'}');
    }

    private static void Coordinates(ref Cursor cursor, Utf8Buffer to, int depth, int type)
    {
        switch (type)
        {
            case 1:
                to.Append((byte)'[');
                Pair(ref cursor, to, (byte)',');
                to.Append((byte)']');
                break;
            case 2:
                JsonPoints(ref cursor, to);
                break;
            case 3:
                var rings = cursor.Count();
                to.Append((byte)'[');
                for (var i = 0; i < rings; i++)
                {
                    Comma(to, i, ","u8);
                    JsonPoints(ref cursor, to);
                }

                to.Append((byte)']');
                break;
            default:
                var parts = cursor.Count();
                to.Append((byte)'[');
                for (var i = 0; i < parts; i++)
                {
                    Comma(to, i, ","u8);
                    if (type == 7)
                    {
                        GeoJson(ref cursor, to, depth + 1);
                    }
                    else
                    {
                        Coordinates(ref cursor, to, depth + 1, cursor.Header(depth + 1));
                    }
                }

                to.Append((byte)']');
                break;
        }
    }

    private static void JsonPoints(ref Cursor cursor, Utf8Buffer to)
    {
        var count = cursor.Count();
        to.Append((byte)'[');
        for (var i = 0; i < count; i++)
        {
            Comma(to, i, ","u8);
            to.Append((byte)'[');
            Pair(ref cursor, to, (byte)',');
            to.Append((byte)']');
        }

        to.Append((byte)']');
    }

    // Nothing in parentheses is no WKT: an empty geometry has a word of its own.
    private static void Open(ref Cursor cursor, Utf8Buffer to, out int count)
    {
        count = cursor.Count();
        to.Append(count == 0 ? "EMPTY"u8 : "("u8);
    }

    private static void Close(Utf8Buffer to, int count)
    {
        if (count > 0)
        {
            to.Append((byte)')');
        }
    }

    private static void Comma(Utf8Buffer to, int index, ReadOnlySpan<byte> text)
    {
        if (index > 0)
        {
            to.Append(text);
        }
    }

    private static void Pair(ref Cursor cursor, Utf8Buffer to, byte separator)
    {
        to.Advance(ValueText.Float(to.Free(ValueText.LengthMax), cursor.Double()));
        to.Append(separator);
        to.Advance(ValueText.Float(to.Free(ValueText.LengthMax), cursor.Double()));
    }

    private static void Ascii(string text, Utf8Buffer to)
        => to.Advance(System.Text.Encoding.ASCII.GetBytes(text, to.Free(text.Length)));

    /// <summary>Reads little- and big-endian WKB of two dimensions and refuses everything else.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> wkb)
    {
        private ReadOnlySpan<byte> _rest = wkb;
        private bool _bigEndian;

        public int Header(int depth)
        {
            if (depth > DepthMax)
            {
                throw Broken();
            }

            _bigEndian = Take(1)[0] switch { 0 => true, 1 => false, _ => throw Broken() };
            var type = UInt32();
            return type is >= 1 and <= 7 ? (int)type : throw Broken();
        }

        public int Count()
        {
            var count = UInt32();

            // The smallest part is an empty ring: its count alone.
            return count <= (uint)(_rest.Length / 4) ? (int)count : throw Broken();
        }

        public double Double()
        {
            var bytes = Take(8);
            return _bigEndian ? BinaryPrimitives.ReadDoubleBigEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes);
        }

        private uint UInt32()
        {
            var bytes = Take(4);
            return _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        }

        private ReadOnlySpan<byte> Take(int count)
        {
            if (_rest.Length < count)
            {
                throw Broken();
            }

            var taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }

        private static OpenDataException Broken() => new(
            ExportErrors.BrokenGeometry,
            new LocalText("Một giá trị hình học đã lưu không phải WKB hai chiều hợp lệ.", "A stored geometry is not valid two-dimensional WKB."));
    }
}
