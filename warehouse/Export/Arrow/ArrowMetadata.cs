using OpenData.Catalogs;

namespace OpenData.Warehouse.Export.Arrow;

/// <summary>
/// Pure: schemas, heads of batches and the footer as FlatBuffers. Slots and numbers are those of Arrow's Schema.fbs, Message.fbs and
/// File.fbs, format version V5.
/// </summary>
internal static class ArrowMetadata
{
    private const short Version5 = 4;
    private const byte SchemaHeader = 1;
    private const byte DictionaryHeader = 2;
    private const byte BatchHeader = 3;

    /// <summary>Readers that know GeoArrow see geometries in WGS 84, longitude first; others see WKB.</summary>
    private const string GeoArrow = """{"crs":"OGC:CRS84","crs_type":"authority_code"}""";

    // Members of the union Type.
    private const byte Int = 2;
    private const byte FloatingPoint = 3;
    private const byte Binary = 4;
    private const byte Utf8 = 5;
    private const byte Bool = 6;
    private const byte Decimal = 7;
    private const byte Date = 8;
    private const byte Time = 9;
    private const byte Timestamp = 10;
    private const byte List = 12;
    private const byte Duration = 18;

    private const short DoublePrecision = 2;
    private const short Day = 0;
    private const short Microsecond = 2;

    /// <summary>The message that opens a stream.</summary>
    public static ReadOnlyMemory<byte> SchemaMessage(TableDescription table, IReadOnlyList<ArrowField> fields)
    {
        var to = new FlatBuffer();
        return Message(to, SchemaHeader, Schema(to, table, fields), bodyLength: 0);
    }

    /// <summary>The head of a record batch.</summary>
    /// <param name="rows">Rows in the batch.</param>
    /// <param name="nodes">Length and number of nulls of every column.</param>
    /// <param name="buffers">Place and length of every buffer in the body.</param>
    /// <param name="bodyLength">Bytes of the body, padding included.</param>
    public static ReadOnlyMemory<byte> BatchMessage(long rows, ReadOnlySpan<long> nodes, ReadOnlySpan<long> buffers, long bodyLength)
    {
        var to = new FlatBuffer();
        return Message(to, BatchHeader, Batch(to, rows, nodes, buffers), bodyLength);
    }

    /// <summary>The head of a dictionary: a batch of its values. It stands in for an earlier one of the same number.</summary>
    public static ReadOnlyMemory<byte> DictionaryMessage(int dictionary, long rows, ReadOnlySpan<long> buffers, long bodyLength)
    {
        var to = new FlatBuffer();
        var batch = Batch(to, rows, [rows, 0], buffers);
        return Message(to, DictionaryHeader, to.BeginTable(2).Int64(0, dictionary).Reference(1, batch).EndTable(), bodyLength);
    }

    /// <summary>The footer of a file: the schema again, and where everything is.</summary>
    public static ReadOnlyMemory<byte> Footer(
        TableDescription table,
        IReadOnlyList<ArrowField> fields,
        IEnumerable<ArrowBlock> dictionaries,
        IEnumerable<ArrowBlock> batches)
    {
        var to = new FlatBuffer();
        var schema = Schema(to, table, fields);
        var dictionaryBlocks = Blocks(to, dictionaries);
        var batchBlocks = Blocks(to, batches);
        return to.Finish(to.BeginTable(4)
            .Int16(0, Version5)
            .Reference(1, schema)
            .Reference(2, dictionaryBlocks)
            .Reference(3, batchBlocks)
            .EndTable());
    }

    private static ReadOnlyMemory<byte> Message(FlatBuffer to, byte kind, int header, long bodyLength)
        => to.Finish(to.BeginTable(4).Int64(3, bodyLength).Reference(2, header).Int16(0, Version5).Byte(1, kind).EndTable());

    private static int Batch(FlatBuffer to, long rows, ReadOnlySpan<long> nodes, ReadOnlySpan<long> buffers)
    {
        var bufferStructs = to.Structs(buffers, perStruct: 2);
        var nodeStructs = to.Structs(nodes, perStruct: 2);
        return to.BeginTable(3).Int64(0, rows).Reference(1, nodeStructs).Reference(2, bufferStructs).EndTable();
    }

    // A block is a 64-bit place, a 32-bit length with four bytes of padding, and a 64-bit length: little-endian, so three 64-bit numbers.
    private static int Blocks(FlatBuffer to, IEnumerable<ArrowBlock> blocks)
        => to.Structs([.. blocks.SelectMany(b => new long[] { b.Offset, b.HeadLength, b.BodyLength })], perStruct: 3);

    private static int Schema(FlatBuffer to, TableDescription table, IReadOnlyList<ArrowField> fields)
    {
        var metadata = KeyValues(to,
        [
            ("dataset", table.Contract.Id),
            ("version", table.Version),
            ("published_at", table.PublishedAt?.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture)),
            ("title_vi", table.Contract.Title.Vi),
            ("title_en", table.Contract.Title.En),
            ("publisher_vi", table.Publisher?.Name.Vi),
            ("publisher_en", table.Publisher?.Name.En),
            ("license_vi", table.License?.Name.Vi),
            ("license_en", table.License?.Name.En),
            ("license_url", table.License?.Url),
            ("address", table.Address?.AbsoluteUri),
        ]);
        var fieldTables = to.References([.. fields.Select(f => Field(to, f))]);
        return to.BeginTable(3).Reference(1, fieldTables).Reference(2, metadata).EndTable();
    }

    // Always nullable: rows of older versions of a contract may lack what it requires today, and a false promise breaks readers.
    private static int Field(FlatBuffer to, ArrowField field)
    {
        if (field.Item is not { } item)
        {
            return Field(to, field, to.References([]));
        }

        var itemType = TypeOf(to, item);
        var noChildren = to.References([]);
        var itemName = to.Text("item");
        var child = to.BeginTable(7).Reference(0, itemName).Byte(1, 1).Byte(2, itemType.Kind).Reference(3, itemType.Table).Reference(5, noChildren).EndTable();
        return Field(to, field, to.References([child]));
    }

    private static int Field(FlatBuffer to, ArrowField field, int children)
    {
        var contract = field.Contract;
        var isGeometry = contract.Type.Kind == ColumnKind.Geometry;
        var metadata = KeyValues(to,
        [
            ("title_vi", contract.Title.Vi),
            ("title_en", contract.Title.En),
            ("unit", contract.Unit),
            ("type", contract.Type.ToString()),
            ("ARROW:extension:name", isGeometry ? "geoarrow.wkb" : null),
            ("ARROW:extension:metadata", isGeometry ? GeoArrow : null),
        ]);
        var name = to.Text(contract.Name);
        var dictionary = Encoding(to, field);
        var (kind, type) = TypeOf(to, field);
        return to.BeginTable(7)
            .Reference(0, name)
            .Byte(1, 1)
            .Byte(2, kind)
            .Reference(3, type)
            .Reference(4, dictionary)
            .Reference(5, children)
            .Reference(6, metadata)
            .EndTable();
    }

    private static int? Encoding(FlatBuffer to, ArrowField field)
    {
        if (field.Dictionary is not { } number)
        {
            return null;
        }

        var index = SignedInt(to, sizeof(short) * 8);
        return to.BeginTable(2).Int64(0, number).Reference(1, index).EndTable();
    }

    private static (byte Kind, int Table) TypeOf(FlatBuffer to, ArrowField field) => field.Contract.Type.Kind switch
    {
        ColumnKind.Boolean => (Bool, to.BeginTable(0).EndTable()),
        ColumnKind.Integer => (Int, SignedInt(to, sizeof(long) * 8)),
        ColumnKind.Decimal => (Decimal, to.BeginTable(3).Int32(0, field.Precision).Int32(1, field.Contract.Type.Scale).Int32(2, 128).EndTable()),
        ColumnKind.Float => (FloatingPoint, to.BeginTable(1).Int16(0, DoublePrecision).EndTable()),
        ColumnKind.Date => (Date, to.BeginTable(1).Int16(0, Day).EndTable()),
        ColumnKind.Time => (Time, to.BeginTable(2).Int32(1, sizeof(long) * 8).Int16(0, Microsecond).EndTable()),
        ColumnKind.Timestamp => (Timestamp, Instant(to, field.TimeZone)),
        ColumnKind.Duration => (Duration, to.BeginTable(1).Int16(0, Microsecond).EndTable()),
        ColumnKind.List => (List, to.BeginTable(0).EndTable()),
        ColumnKind.Geometry => (Binary, to.BeginTable(0).EndTable()),
        _ => (Utf8, to.BeginTable(0).EndTable()),
    };

    private static int SignedInt(FlatBuffer to, int bits) => to.BeginTable(2).Int32(0, bits).Byte(1, 1).EndTable();

    private static int Instant(FlatBuffer to, string timeZone)
    {
        var zone = to.Text(timeZone);
        return to.BeginTable(2).Reference(1, zone).Int16(0, Microsecond).EndTable();
    }

    private static int KeyValues(FlatBuffer to, ReadOnlySpan<(string Key, string? Value)> pairs)
    {
        var tables = new List<int>(pairs.Length);
        foreach (var (key, text) in pairs)
        {
            if (text is not null)
            {
                var value = to.Text(text);
                var name = to.Text(key);
                tables.Add(to.BeginTable(2).Reference(0, name).Reference(1, value).EndTable());
            }
        }

        return to.References(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tables));
    }
}
