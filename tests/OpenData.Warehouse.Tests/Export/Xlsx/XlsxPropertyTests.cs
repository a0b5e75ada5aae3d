using System.Globalization;
using System.Text.Json;
using System.Xml;
using OpenData.Catalogs;
using OpenData.TestKit;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Tests.Staging;

namespace OpenData.Warehouse.Tests.Export;

/// <summary>Random tables: the cells of the workbook, read by the letter of the standard, are the values of the JSON of the same rows.</summary>
public sealed class XlsxPropertyTests
{
    private const double MicrosPerDay = 86_400_000_000;

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");
    private static readonly string[] Pieces = ["_", "x0041", "x000D_", "\0", "\r", "\n", "\t", "\u0001", " ", "&", "<", "0", "12", "ế", "e\u0302\u0301", "😀", "\uFFFF", "=", "'", "\""];

    [Fact]
    public void Random_tables_come_back_to_the_last_digit()
    {
        for (var seed = 0; seed < 15; seed++)
        {
            var random = new Random(seed);
            ColumnContract[] columns = [.. Enumerable.Range(0, random.Next(1, 30)).Select(i => Column(random, i))];
            var reach = columns.Select(_ => random.Next(3)).ToArray();
            string?[][] values = [.. Enumerable.Range(0, random.Next(0, 25)).Select(_ => columns.Select((c, i) => random.Next(6) == 0 ? null : Value(random, c.Type, reach[i])).ToArray())];
            using var rig = new BookRig(values, columns);
            var expected = FromJson(rig);
            Culture.Vietnamese(() =>
            {
                var rows = rig.Read().Rows("data").Skip(1);
                Assert.Equal(expected, rows.Select(r => Enumerable.Range(0, columns.Length).Select(i => Canonical(i < r.Count ? r[i] : null)).ToList()));
            });
        }
    }

    private static ColumnContract Column(Random random, int index)
    {
        var kind = (ColumnKind)random.Next((int)ColumnKind.Json + 1);
        var name = $"c{index}";
        return kind switch
        {
            // Its JSON is GeoJSON, its cell WKT: other tests compare those.
            ColumnKind.Geometry => Stage.Column(name),
            ColumnKind.Decimal => Stage.Decimal(name, 38, random.Next(0, 20)),
            _ => Stage.Column(name, kind),
        };
    }

    // Reach 0 stays where Excel is at home, 1 goes to its edges, 2 beyond.
    private static string Value(Random random, ColumnType type, int reach) => type.Kind switch
    {
        ColumnKind.Boolean => random.Next(2) == 0 ? "true" : "false",
        ColumnKind.Integer => Digits(reach == 2 ? random.NextInt64(long.MinValue, long.MaxValue) : random.NextInt64(-999_999_999_999_999, 1_000_000_000_000_000)),
        ColumnKind.Decimal => Decimal(random, type.Scale, reach),
        ColumnKind.Float => (reach == 2 ? BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)) : random.Next(-9_000_000, 9_000_000) / 1000.0).ToString("R", CultureInfo.InvariantCulture),
        ColumnKind.Date => Day(random, reach).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnKind.Time => new TimeOnly(Micros(random, reach, 86_400) * 10).ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        ColumnKind.Timestamp => Instant(random, reach).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        ColumnKind.Duration => Digits(reach == 2 ? random.NextInt64(long.MinValue, long.MaxValue) : Micros(random, reach, reach == 0 ? 86_400 : 65_536L * 86_400)),
        ColumnKind.Uuid => new Guid(random.Next(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).ToString("D"),
        ColumnKind.Json => JsonSerializer.Serialize(Text(random)),
        _ => Text(random),
    };

    private static string Digits(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Decimal(Random random, int scale, int reach)
    {
        var digits = Digits(random.NextInt64(0, 1_000_000_000_000_000)) + (reach == 2 ? random.NextInt64(0, 1_000_000_000_000_000_000).ToString("D18", CultureInfo.InvariantCulture) : "");
        digits = digits.PadLeft(scale + 1, '0');
        return (random.Next(2) == 0 ? "-" : "") + digits[..^scale] + "." + digits[^scale..];
    }

    private static DateOnly Day(Random random, int reach) => reach switch
    {
        0 => new DateOnly(1990, 1, 1).AddDays(random.Next(20_000)),
        1 => new DateOnly(1900, 3, 1).AddDays(random.Next(2_900_000)),
        _ => new DateOnly(1, 1, 1).AddDays(random.Next(3_600_000)),
    };

    private static long Micros(Random random, int reach, long seconds)
        => (random.NextInt64(seconds) * 1_000_000) + (reach == 0 ? 0 : random.Next(1_000_000));

    private static DateTime Instant(Random random, int reach)
    {
        var day = reach == 2 ? Day(random, 2) : new DateOnly(1975, 6, 14).AddDays(random.Next(37_000));
        return day.ToDateTime(new TimeOnly(Micros(random, reach, 86_400) * 10), DateTimeKind.Unspecified);
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(0, 9)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static List<List<string?>> FromJson(BookRig rig)
    {
        using var reader = rig.Connection.Stream(rig.Sql, CancellationToken.None);
        using var bytes = new MemoryStream();
        RowPump.Write(reader, new JsonRows(rig.Table.Columns, Zone.Id), bytes);
        return [.. JsonDocument.Parse(bytes.ToArray()).RootElement.EnumerateArray().Select(r => r.EnumerateObject().Select(p => p.Value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => p.Value.GetString(),
            _ => p.Value.GetRawText(),
        }).ToList())];
    }

    // What a reader who knows the standard makes of a cell.
    private static string? Canonical(BookCell? cell) => cell switch
    {
        null => null,
        { Type: "inlineStr" } => cell.Text,
        { Type: "b" } => cell.Text == "1" ? "true" : "false",
        { Format: "General" } => cell.Text,
        { Format: "yyyy-mm-dd" } => Moment(cell).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        { Format: ['h', ..] } => Moment(cell).ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        { Format: ['[', ..] } => XmlConvert.ToString(Span(cell)),
        { Format: ['y', ..] } => Local(Moment(cell)).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture),
        _ => cell.Text,
    };

    private static DateTime Moment(BookCell cell) => new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified) + Span(cell);

    // Days and part of the day apart: their product in one double would round again.
    private static TimeSpan Span(BookCell cell)
    {
        var number = double.Parse(cell.Text, CultureInfo.InvariantCulture);
        var days = Math.Floor(number);
        return new TimeSpan(((long)days * TimeSpan.TicksPerDay) + ((long)Math.Round((number - days) * MicrosPerDay) * TimeSpan.TicksPerMicrosecond));
    }

    private static DateTimeOffset Local(DateTime wall) => new(wall, Zone.GetUtcOffset(wall));
}
