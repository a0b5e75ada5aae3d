using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.TestKit;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Tests.Export;

public sealed class RowWriterTests
{
    private const string Zone = "Europe/Berlin";

    [Fact]
    public void Instants_in_any_order_carry_the_offset_of_their_own_moment_in_CSV_and_JSON()
        => Culture.Vietnamese(() =>
        {
            // 4,000 instants over two changes of summer time, forwards and backwards, at odd minutes, some missing.
            var sql = new SqlBuilder().Append(
                "SELECT CASE WHEN i % 97 = 0 THEN NULL ELSE make_timestamp(1743000000000000 + (CASE WHEN i % 2 = 0 THEN i ELSE 4000 - i END) * 5400000000 + i) END AS t FROM range(4000) r(i)").ToSql();
            var expected = Enumerable.Range(0, 4000).Select(i => i % 97 == 0 ? "" : Expected(1743000000000000 + ((i % 2 == 0 ? i : 4000L - i) * 5400000000) + i)).ToList();

            Assert.Equal(expected, Written(sql, new CsvRows(Columns(ColumnKind.Timestamp), Zone)).Split('\n')[1..^1]);
            var json = Written(sql, new JsonRows(Columns(ColumnKind.Timestamp), Zone));
            Assert.Equal(
                expected.Select(e => e.Length == 0 ? null : e),
                System.Text.Json.JsonDocument.Parse(json).RootElement.EnumerateArray().Select(r => r.GetProperty("t").GetString()));
        });

    [Fact]
    public void Null_and_empty_text_differ_and_quotes_and_line_breaks_survive()
    {
        var sql = new SqlBuilder().Append("SELECT * FROM (VALUES (NULL), (''), ('a,b'), ('say \"x\"'), (E'two\\nlines'), ('Hoà Bình')) v(t)").ToSql();

        Assert.Equal("t\n\n\"\"\n\"a,b\"\n\"say \"\"x\"\"\"\n\"two\nlines\"\nHoà Bình\n", Written(sql, new CsvRows(Columns(ColumnKind.Text), Zone)));
        Assert.StartsWith("\uFEFFt\r\n\r\n\"\"\r\n", Written(sql, new CsvRows(Columns(ColumnKind.Text), Zone, CsvDialect.Excel)), StringComparison.Ordinal);
        Assert.Equal(
            [null, "", "a,b", "say \"x\"", "two\nlines", "Hoà Bình"],
            System.Text.Json.JsonDocument.Parse(Written(sql, new JsonRows(Columns(ColumnKind.Text), Zone))).RootElement.EnumerateArray().Select(r => r.GetProperty("t").GetString()));
    }

    private static string Expected(long micros)
    {
        var utc = DateTimeOffset.UnixEpoch.AddTicks(micros * 10);
        var local = TimeZoneInfo.ConvertTime(utc, TimeZoneInfo.FindSystemTimeZoneById(Zone));
        return local.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture);
    }

    private static ColumnContract[] Columns(ColumnKind kind) => [new("t", new ColumnType(kind), new LocalText("t", "t"))];

    private static string Written(SqlText sql, IRowWriter writer)
    {
        using var engine = DuckDbEngine.InMemory(new EngineOptions { Threads = 1 });
        using var connection = engine.Connect();
        using var reader = connection.Stream(sql, CancellationToken.None);
        using var stream = new MemoryStream();
        RowPump.Write(reader, writer, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
