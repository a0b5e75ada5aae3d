using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using ExcelDataReader;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>The first records of a file of unknown form.</summary>
/// <param name="Source">How the file seems to be written.</param>
/// <param name="Columns">Evidence by column, in file order.</param>
internal sealed record ProposalSample(SourceBinding Source, IReadOnlyList<ColumnGuess> Columns)
{
    private const int HeadBytes = 4 * 1024 * 1024;

    private static readonly string[] Encodings = ["utf-8", "tcvn3", "vni", "windows-1258"];

    /// <summary>Reads at most that many records.</summary>
    public static ProposalSample Read(string path, int recordsMax)
    {
        var head = Head(path);
        if (head.Length == 0)
        {
            throw new OpenDataException(StagingErrors.EmptyFile, new LocalText("Tệp không có nội dung.", "The file has no content."));
        }

        if (TextInput.IsWebPage(head.AsSpan(0, Math.Min(512, head.Length))))
        {
            throw new OpenDataException(StagingErrors.WebPage, new LocalText("Nội dung là trang HTML.", "The content is an HTML page."));
        }

        if (head.AsSpan().StartsWith("PK\u0003\u0004"u8))
        {
            return Xlsx(path, recordsMax);
        }

        var (encoding, text) = Decode(head);
        var start = text.AsSpan().TrimStart().TrimStart('\uFEFF').TrimStart();
        return start.StartsWith("{") || start.StartsWith("[")
            ? Json(path, start.ToString(), recordsMax)
            : Csv(encoding, text, recordsMax);
    }

    private static byte[] Head(string path)
    {
        using var stream = File.OpenRead(path);
        var head = new byte[Math.Min(HeadBytes, stream.Length)];
        stream.ReadExactly(head);
        return head;
    }

    private static (string Encoding, string Text) Decode(byte[] head)
    {
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return ("utf-16", (head[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(head, 2, head.Length - 2));
        }

        foreach (var encoding in Encodings)
        {
            if (TryDecode(head, encoding) is { } text)
            {
                return (encoding, text.Normalize(NormalizationForm.FormC));
            }
        }

        throw new OpenDataException(
            StagingErrors.WrongEncoding,
            new LocalText("Không nhận ra bảng mã của tệp.", "The file's encoding was not recognised."));
    }

    private static string? TryDecode(byte[] head, string encoding)
    {
        if (encoding == "utf-8")
        {
            // The head may end inside a character.
            var whole = head.Length < HeadBytes ? head.Length : head.AsSpan().LastIndexOf((byte)'\n') + 1;
            return System.Text.Unicode.Utf8.IsValid(head.AsSpan(0, whole)) ? Encoding.UTF8.GetString(head, 0, whole) : null;
        }

        try
        {
            using var decoding = DecodingStream.For(encoding, new MemoryStream(head))!;
            using var reader = new StreamReader(decoding);
            return reader.ReadToEnd();
        }
        catch (WrongByte)
        {
            return null;
        }
    }

    private static ProposalSample Csv(string encoding, string text, int recordsMax)
    {
        var lines = text.Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0).Take(50).ToList();
        var delimiter = ",;\t|".MaxBy(d => lines.Select(l => Delimiters(l, d)).OrderDescending().Skip(lines.Count / 2).FirstOrDefault());

        // Title lines above the header have fewer delimiters than the lines below.
        var usual = lines.Select(l => Delimiters(l, delimiter)).GroupBy(n => n).MaxBy(g => g.Count())!.Key;
        var skip = 0;
        while (skip < lines.Count - 1 && Delimiters(lines[skip], delimiter) < usual)
        {
            skip++;
        }

        var body = string.Join('\n', text.Split('\n').Skip(skip));
        using var reader = CsvReader.FromText(body, new CsvReaderOptions { Separator = delimiter, HasHeader = false, DetectSeparatorHint = false });
        var columns = new List<ColumnGuess>();
        for (var records = 0; records <= recordsMax && reader.Read(); records++)
        {
            if (records == 0)
            {
                columns.AddRange(Enumerable.Range(0, reader.FieldCount).Select(i => new ColumnGuess(CellText.Tidy(reader.GetString(i)))));
                continue;
            }

            for (var i = 0; i < columns.Count && reader.FieldCount == columns.Count; i++)
            {
                columns[i].Add(reader.GetString(i), CellForm.Text);
            }
        }

        return new ProposalSample(new SourceBinding("csv") { Encoding = encoding, Delimiter = delimiter, SkipRows = skip }, columns);
    }

    // A comma inside quotes delimits nothing: a list in a cell must not make the header look like a title.
    private static int Delimiters(string line, char delimiter)
    {
        var count = 0;
        var quoted = false;
        foreach (var c in line)
        {
            quoted ^= c == '"';
            count += c == delimiter && !quoted ? 1 : 0;
        }

        return count;
    }

    private static ProposalSample Json(string path, string start, int recordsMax)
    {
        var geo = start.Contains("\"FeatureCollection\"", StringComparison.Ordinal);
        var lines = !geo && start.StartsWith('{') && IsObject(start.Split('\n')[0]) && start.AsSpan().Trim().Contains('\n');
        var columns = new Dictionary<string, ColumnGuess>(StringComparer.Ordinal);
        using var stream = File.OpenRead(path);
        var cursor = new JsonCursor(stream, new StagingOptions(".").RecordBytesMax);
        string? where = null;
        var records = 0;
        if (lines)
        {
            foreach (var line in start.Split('\n').Where(IsObject).Take(recordsMax))
            {
                using var document = JsonDocument.Parse(line);
                Record(document.RootElement, columns, "");
            }

            return new ProposalSample(new SourceBinding("ndjson"), [.. columns.Values]);
        }

        cursor.Read();
        if (cursor.Token == JsonTokenType.StartObject && !FirstList(cursor, "$", 0, ref where))
        {
            throw new OpenDataException(
                StagingErrors.NoRecords,
                new LocalText("Không thấy danh sách bản ghi trong tệp.", "No list of records was found in the file."));
        }

        while (records++ < recordsMax && cursor.NextElement(out var element, out _))
        {
            using var document = JsonDocument.Parse(element.ToArray());
            Record(geo ? Properties(document.RootElement, columns) : document.RootElement, columns, "");
        }

        return new ProposalSample(new SourceBinding(geo ? "geojson" : "http_json") { Records = geo ? null : where }, [.. columns.Values]);
    }

    private static bool IsObject(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // The first list found at most two levels down.
    private static bool FirstList(JsonCursor cursor, string at, int depth, ref string? where)
    {
        while (cursor.Read() && cursor.Token == JsonTokenType.PropertyName)
        {
            var name = at + "." + cursor.Text;
            cursor.Read();
            if (cursor.Token == JsonTokenType.StartArray)
            {
                where = name;
                return true;
            }

            if (cursor.Token == JsonTokenType.StartObject && depth < 2 && FirstList(cursor, name, depth + 1, ref where))
            {
                return true;
            }
        }

        return false;
    }

    private static JsonElement Properties(JsonElement feature, Dictionary<string, ColumnGuess> columns)
    {
        if (feature.TryGetProperty("geometry", out var geometry))
        {
            Guess(columns, "geometry").Add(geometry.GetRawText(), CellForm.Composite);
        }

        return feature.TryGetProperty("properties", out var properties) ? properties : default;
    }

    private static void Record(JsonElement record, Dictionary<string, ColumnGuess> columns, string prefix)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in record.EnumerateObject())
        {
            var name = prefix + property.Name;
            if (property.Value.ValueKind == JsonValueKind.Object && prefix.Length == 0)
            {
                Record(property.Value, columns, name + ".");
                continue;
            }

            var form = property.Value.ValueKind switch
            {
                JsonValueKind.Null => CellForm.Null,
                JsonValueKind.Number => CellForm.Number,
                JsonValueKind.Array or JsonValueKind.Object => CellForm.Composite,
                _ => CellForm.Text,
            };
            Guess(columns, name).Add(property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText(), form);
        }
    }

    private static ColumnGuess Guess(Dictionary<string, ColumnGuess> columns, string name)
    {
        if (!columns.TryGetValue(name, out var column))
        {
            columns[name] = column = new ColumnGuess(name);
        }

        return column;
    }

    private static ProposalSample Xlsx(string path, int recordsMax)
    {
        using (var check = File.OpenRead(path))
        {
            XlsxPackage.Check(check, new StagingOptions("."), CancellationToken.None);
        }

        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var stream = File.OpenRead(path);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
        var columns = new List<ColumnGuess>();
        var skip = 0;
        for (var records = 0; records <= recordsMax && reader.Read();)
        {
            var cells = Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue).ToList();
            if (columns.Count == 0)
            {
                // A title row has one cell; the header is the first row with several.
                if (cells.Count(c => c is not null) < Math.Min(2, cells.Count))
                {
                    skip++;
                    continue;
                }

                columns.AddRange(cells.Select(c => new ColumnGuess(CellText.Tidy(Convert.ToString(c, CultureInfo.InvariantCulture) ?? ""))));
                continue;
            }

            records++;
            for (var i = 0; i < columns.Count && i < cells.Count; i++)
            {
                var text = cells[i] is DateTime time
                    ? time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
                    : Convert.ToString(cells[i], CultureInfo.InvariantCulture) ?? "";
                columns[i].Add(text, cells[i] is double ? CellForm.Number : CellForm.Text);
            }
        }

        return new ProposalSample(new SourceBinding("xlsx") { SkipRows = skip }, columns);
    }
}
