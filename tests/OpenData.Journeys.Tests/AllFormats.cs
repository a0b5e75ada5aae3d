using System.Globalization;
using System.Text;
using System.Text.Json;
using ExcelDataReader;
using OpenData.TestKit;

namespace OpenData.Journeys.Tests;

/// <summary>Downloads one dataset in every format that it is offered in and compares all rows with the CSV.</summary>
internal static class AllFormats
{
    /// <summary>Fails where a format has other rows; gives the number of formats compared.</summary>
    public static async Task<int> AgreeAsync(Town town, string dataset)
    {
        var detail = await SourceToQueryTests.JsonAsync(town, $"/api/v1/datasets/{dataset}");
        var types = detail.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("type").GetString()!).ToList(); // every column has a type
        var csv = TextValues.Cells(await town.Http.GetStringAsync(new Uri($"/datasets/{dataset}.csv", UriKind.Relative)), ',');
        var expected = csv.Skip(1).ToList();
        var spelled = expected.ConvertAll(r => r.Select((cell, i) => TextValues.Spell(types[i], cell)).ToArray());
        var compared = 0;
        var judged = new List<string>();
        foreach (var download in detail.GetProperty("downloads").EnumerateArray())
        {
            var format = download.GetProperty("format").GetString()!; // every download has a format
            var bytes = await town.Http.GetByteArrayAsync(new Uri(download.GetProperty("version_url").GetString()!));
            switch (format)
            {
                case "tsv":
                    Same(expected, [.. TextValues.Cells(Encoding.UTF8.GetString(bytes), '\t').Skip(1)], dataset, format);
                    break;
                case "json" or "ndjson" or "geojson":
                    Same(spelled, Objects(bytes, format, csv[0], types), dataset, format);
                    break;
                case "xlsx":
                    Same(expected, Workbook(bytes, expected, types), dataset, format);
                    break;
                case "csv" or "parquet" or "arrow" or "arrows":
                    break;
                default:
                    continue;
            }

            if (format is not ("json" or "ndjson" or "geojson"))
            {
                var file = town.Folder[$"{dataset}.{format}"];
                await File.WriteAllBytesAsync(file, bytes);
                judged.Add(file);
            }

            compared++;
        }

        foreach (var (table, file) in (await NodeReader.ReadAsync(judged)).Zip(judged))
        {
            var format = Path.GetExtension(file);
            var isOfCells = format is ".csv" or ".tsv" or ".xlsx";
            Assert.Equal(csv[0], table.Columns.Select(c => c.Name));
            Same(spelled, isOfCells ? [.. table.Rows.Select(r => r.Select((cell, i) => TextValues.Spell(types[i], cell)).ToArray())] : table.Rows, dataset, format);
        }

        return compared;
    }

    private static List<string?[]> Objects(byte[] bytes, string format, string?[] names, List<string> types)
    {
        var text = Encoding.UTF8.GetString(bytes);
        using var json = JsonDocument.Parse(format == "ndjson" ? $"[{string.Join(',', text.Split('\n', StringSplitOptions.RemoveEmptyEntries))}]" : text);
        var isGeo = format == "geojson";
        var objects = isGeo ? json.RootElement.GetProperty("features") : json.RootElement;
        return [.. objects.EnumerateArray().Select(o => names.Select((name, i) => TextValues.Spell(types[i], Text(Member(o, name!, types[i])))).ToArray())]; // a head has no empty cells

        JsonElement Member(JsonElement item, string name, string type)
            => !isGeo ? item.GetProperty(name)
                : type.StartsWith("geometry", StringComparison.Ordinal) ? item.GetProperty("geometry")
                : item.GetProperty("properties").GetProperty(name);
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    /// <summary>A cell that holds the value that the CSV has is given as the CSV's text; any other as what it is.</summary>
    private static List<string?[]> Workbook(byte[] bytes, List<string?[]> expected, List<string> types)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var book = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(bytes));
        book.Read();
        var rows = new List<string?[]>();
        while (book.Read())
        {
            var wanted = rows.Count < expected.Count ? expected[rows.Count] : new string?[types.Count];
            rows.Add([.. Enumerable.Range(0, types.Count).Select(i => Holds(book.GetValue(i), wanted[i], types[i]) ? wanted[i] : $"{book.GetValue(i)}")]);
        }

        return rows;
    }

    private static bool Holds(object? cell, string? text, string type) => (type.Split('(')[0], cell) switch
    {
        // Excel's readers give no text for an empty one.
        (_, null) => string.IsNullOrEmpty(text),
        (_, string same) => same == (text ?? ""),
        ("boolean", bool flag) => text == (flag ? "true" : "false"),
        ("date", DateTime day) => text == day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ("timestamp", DateTime wall) => text is not null
            && Math.Abs((DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).DateTime - wall).TotalMilliseconds) <= 1,
        ("integer" or "decimal" or "float", double number) => text is not null && double.Parse(text, CultureInfo.InvariantCulture).Equals(number),
        _ => false,
    };

    private static void Same(List<string?[]> expected, IReadOnlyList<string?[]> actual, string dataset, string format)
    {
        Assert.True(expected.Count == actual.Count, $"{dataset}.{format} has {actual.Count} rows, the CSV {expected.Count}.");
        for (var row = 0; row < expected.Count; row++)
        {
            Assert.True(
                expected[row].AsSpan().SequenceEqual(actual[row], StringComparer.Ordinal),
                $"{dataset}.{format}, row {row}: {string.Join(" | ", actual[row])} instead of {string.Join(" | ", expected[row])}");
        }
    }
}
