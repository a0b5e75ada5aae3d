using System.Text.Json;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Records in JSON documents: a list at <c>source.records</c> (http_json, odata, database, scores), the features of a GeoJSON FeatureCollection, or one object a
/// line (ndjson). Streamed: no more than one record is held.
/// </summary>
internal sealed class JsonRecords
{
    private readonly RecordShape _shape;
    private readonly StagingOptions _options;
    private readonly IRecordSink _sink;
    private readonly ReadNotes _notes;
    private readonly JsonFields _fields;
    private readonly string[] _path;
    private readonly bool _geo;
    private readonly bool _lines;
    private long _records;

    public JsonRecords(RecordShape shape, StagingOptions options, IRecordSink sink, ReadNotes notes)
    {
        _shape = shape;
        _options = options;
        _sink = sink;
        _notes = notes;
        var source = shape.Contract.Source;
        _geo = source.Kind == "geojson";
        _lines = source.Kind == "ndjson";
        _path = _geo ? ["features"] : Path(source.Records);
        _fields = new JsonFields(shape, column => _geo ? FeaturePath(column) : shape.SourceNames[column], hasAnnotations: source.Kind == "odata");
        if (source.Kind == "ckan")
        {
            // The portal's own number of the row.
            _fields.Know("_id");
        }

        if (_geo)
        {
            Array.ForEach(["type", "id", "bbox", "geometry", "properties"], _fields.Know);
        }
    }

    /// <summary>Reads one file; returns its records by the independent counter.</summary>
    public long Read(Func<Stream> open, CancellationToken token)
    {
        IRecordCounter counter = _lines ? new LineCounter() : new JsonCounter(_path);
        var input = new TextInput(() => PackedInput.Open(open(), _options), _shape.Contract.Source.Encoding, 0);
        input.Check(counter, ',', token);
        using var stream = input.Open();
        if (_lines)
        {
            Lines(stream, input.Skipped, token);
        }
        else
        {
            Documents(new JsonCursor(stream, _options.RecordBytesMax), input.Skipped, token);
        }

        return counter.Records;
    }

    /// <summary>Applies the drift policy after the last file.</summary>
    public void Finish()
    {
        _shape.NewNames(_fields.Unknown, _notes.NewColumns);

        // Many services write the mark only where it holds.
        if (_records > 0 && _fields.NeverSeen.Where(c => c != _shape.Mark).ToList() is { Count: > 0 } missing)
        {
            _shape.MissingColumns(missing, "", _notes.MissingColumns);
        }
    }

    private static string[] Path(string? records)
    {
        var path = (records ?? "$").Trim();
        path = path.StartsWith('$') ? path[1..] : path;
        return path.Split('.', StringSplitOptions.RemoveEmptyEntries);
    }

    // A geometry column is the feature's geometry; all others are properties, "feature.id" is the feature's own id.
    private string FeaturePath(int column)
    {
        var name = _shape.SourceNames[column];
        if (name.StartsWith("properties.", StringComparison.Ordinal))
        {
            return name;
        }

        if (name == "feature.id")
        {
            return "id";
        }

        return _shape.Columns[column].Type.Kind == ColumnKind.Geometry ? "geometry" : "properties." + name;
    }

    private void Documents(JsonCursor cursor, long skipped, CancellationToken token)
    {
        while (cursor.Read())
        {
            var found = false;
            var type = "";
            if (_path.Length == 0 && cursor.Token == JsonTokenType.StartArray)
            {
                Elements(cursor, skipped, token);
                continue;
            }

            if (_path.Length > 0 && cursor.Token == JsonTokenType.StartObject)
            {
                Search(cursor, 0, skipped, ref found, ref type, token);
            }

            if (!found)
            {
                throw NoRecords();
            }

            if (_geo && type != "FeatureCollection")
            {
                throw new OpenDataException(
                    StagingErrors.NoRecords,
                    new LocalText("Tài liệu không phải FeatureCollection.", "The document is no FeatureCollection."));
            }
        }
    }

    private void Search(JsonCursor cursor, int depth, long skipped, ref bool found, ref string type, CancellationToken token)
    {
        while (cursor.Read() && cursor.Token == JsonTokenType.PropertyName)
        {
            if (depth == 0 && _geo && cursor.Text == "type")
            {
                cursor.Skip();
                type = cursor.Text;
                continue;
            }

            if (depth == 0 && _geo && cursor.Text == "crs")
            {
                CheckCoordinateSystem(cursor);
                continue;
            }

            if (cursor.Text != _path[depth])
            {
                cursor.Skip();
                continue;
            }

            if (!cursor.Read())
            {
                return;
            }

            if (depth == _path.Length - 1 && cursor.Token == JsonTokenType.StartArray)
            {
                found = true;
                Elements(cursor, skipped, token);
            }
            else if (depth < _path.Length - 1 && cursor.Token == JsonTokenType.StartObject)
            {
                Search(cursor, depth + 1, skipped, ref found, ref type, token);
            }
            else
            {
                throw NoRecords();
            }
        }
    }

    // Older files name their system; only those of WGS 84 are read, since their numbers mean what GeoJSON says they mean.
    private static void CheckCoordinateSystem(JsonCursor cursor)
    {
        if (!cursor.Read() || cursor.Token == JsonTokenType.Null)
        {
            return;
        }

        var name = "";
        for (var depth = 1; depth > 0 && cursor.Read();)
        {
            depth += cursor.Token switch
            {
                JsonTokenType.StartArray or JsonTokenType.StartObject => 1,
                JsonTokenType.EndArray or JsonTokenType.EndObject => -1,
                _ => 0,
            };
            name = cursor.Token == JsonTokenType.PropertyName && cursor.Text == "name" && cursor.Read() ? cursor.Text : name;
        }

        if (!name.EndsWith(":CRS84", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(":4326", StringComparison.Ordinal))
        {
            throw new OpenDataException(
                StagingErrors.OtherCoordinates,
                new LocalText(
                    "Tệp khai báo hệ tọa độ khác WGS 84; hãy chuyển sang kinh độ, vĩ độ WGS 84 (EPSG:4326) rồi gửi lại.",
                    "The file declares a coordinate system other than WGS 84; convert it to longitude and latitude of WGS 84 (EPSG:4326) and send it again."));
        }
    }

    private void Elements(JsonCursor cursor, long skipped, CancellationToken token)
    {
        while (cursor.NextElement(out var element, out var offset))
        {
            if ((++_records & 0xFFF) == 0)
            {
                token.ThrowIfCancellationRequested();
            }

            _fields.Read(element, proven: true, skipped + offset, _sink);
        }
    }

    private void Lines(Stream stream, long offset, CancellationToken token)
    {
        var buffer = new byte[256 * 1024];
        var length = 0;
        while (true)
        {
            token.ThrowIfCancellationRequested();
            if (length == buffer.Length)
            {
                if (buffer.Length > _options.RecordBytesMax)
                {
                    throw new OpenDataException(
                        StagingErrors.TooLarge,
                        new LocalText(
                            $"Một dòng dài hơn {_options.RecordBytesMax} byte.",
                            $"A line is longer than {_options.RecordBytesMax} bytes."));
                }

                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = stream.ReadAtLeast(buffer.AsSpan(length), buffer.Length - length, throwOnEndOfStream: false);
            var last = read < buffer.Length - length;
            length += read;
            var from = 0;
            while (from < length)
            {
                var end = buffer.AsSpan(from, length - from).IndexOf((byte)'\n');
                if (end < 0 && !last)
                {
                    break;
                }

                var lineLength = end < 0 ? length - from : end;
                Line(buffer.AsSpan(from, lineLength), offset + from, closed: end >= 0);
                from += lineLength + (end < 0 ? 0 : 1);
            }

            buffer.AsSpan(from, length - from).CopyTo(buffer);
            length -= from;
            offset += from;
            if (last)
            {
                return;
            }
        }
    }

    private void Line(ReadOnlySpan<byte> line, long offset, bool closed)
    {
        if (line.IndexOfAnyExcept(" \t\r"u8) < 0)
        {
            return;
        }

        if (!closed && IsCutOff(line))
        {
            throw new OpenDataException(
                StagingErrors.Truncated,
                new LocalText("Dòng cuối kết thúc giữa chừng.", "The last line ends in the middle of a value."));
        }

        _records++;
        _fields.Read(line, proven: false, offset, _sink);
    }

    private static bool IsCutOff(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
            }

            return reader.CurrentDepth > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private OpenDataException NoRecords()
    {
        var where = _path.Length == 0 ? "$" : "$." + string.Join('.', _path);
        return new OpenDataException(
            StagingErrors.NoRecords,
            new LocalText($"Không có danh sách bản ghi tại {where}.", $"There is no list of records at {where}."));
    }
}
