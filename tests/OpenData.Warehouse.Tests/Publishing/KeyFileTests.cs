using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;
using OpenData.Warehouse.Tests.Engine;
using OpenData.Warehouse.Tests.Export;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Tests.Publishing;

public sealed class KeyFileTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly DuckDbEngine _engine = DuckDbEngine.InMemory(EngineFixture.Options);
    private int _files;

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_row_of_every_key_of_every_type_is_found()
    {
        for (var seed = 1; seed <= 30; seed++)
        {
            var random = new Random(seed);
            var all = ExportTable.Random(random);
            var usable = Enumerable.Range(0, all.Columns.Count).Where(i => KeyHash.Covers([all.Columns[i]])).ToArray();
            var key = random.GetItems(usable, random.Next(1, 4)).Distinct().ToArray();
            if (key.Length == 0)
            {
                continue;
            }

            var rows = all.Rows.Where(r => key.All(i => r[i] is not null)).ToList();
            using var file = Write(all with { Rows = rows }, [.. key.Select(i => all.Columns[i].Name)]);

            for (var row = 0; row < rows.Count; row++)
            {
                Assert.Contains(row, file.Find(KeyHash.Of([.. key.Select(i => ValueOf(all.Columns[i], rows[row][i]!))])));
            }
        }
    }

    [Fact]
    public void A_key_that_no_row_has_is_found_nowhere()
    {
        using var file = Write(Numbers(50_000), ["id"]);

        Assert.All(Enumerable.Range(0, 50_000), i => Assert.Equal([(long)i], file.Find(Hash(i))));
        Assert.All(Enumerable.Range(50_000, 50_000), i => Assert.Empty(file.Find(Hash(i))));
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(100)]
    [InlineData(7)]
    public void Entries_come_out_by_bucket_and_in_one_as_they_came_however_many_parts_there_are(int partRows)
    {
        var (rows, bits) = (5_000, 6);
        var random = new Random(partRows);
        var entries = Enumerable.Range(0, rows).Select(i => (Bucket: random.Next(1 << bits), Hash: (uint)random.Next(), Rid: (uint)i)).ToList();
        var starts = Enumerable.Range(0, (1 << bits) + 1).Select(b => (uint)entries.Count(e => e.Bucket < b)).ToArray();
        using var parts = new KeyParts(_folder["parts"], rows, bits, partRows);
        entries.ForEach(e => parts.Add(e.Bucket, e.Hash, e.Rid));
        using var written = new MemoryStream();
        for (var part = 0; part < parts.Count; part++)
        {
            written.Write(parts.InOrder(part, starts.AsSpan()[parts.FirstBucket(part)..(parts.FirstBucket(part + 1) + 1)]));
        }

        Assert.Equal(
            entries.OrderBy(e => e.Bucket).SelectMany(e => BitConverter.GetBytes(e.Hash).Concat(BitConverter.GetBytes(e.Rid))),
            written.ToArray());
        Assert.Equal(partRows == 10_000 ? 1 : 64, parts.Count);
    }

    [Theory]
    [InlineData(ColumnKind.Decimal)]
    [InlineData(ColumnKind.Float)]
    [InlineData(ColumnKind.Json)]
    [InlineData(ColumnKind.Geometry)]
    [InlineData(ColumnKind.List)]
    public void A_key_whose_values_have_several_spellings_gets_no_file(ColumnKind kind)
        => Assert.False(KeyHash.Covers([ExportTable.Column("id", new(ColumnKind.Integer)), ExportTable.Column("other", new(kind))]));

    [Fact]
    public void A_damaged_file_is_named_or_finds_less_and_never_more_than_rows()
    {
        const int rows = 1_000;
        Write(Numbers(rows), ["id"]).Dispose();
        var whole = File.ReadAllBytes(_folder["1.keys"]);
        var random = new Random(5);
        var named = 0;
        for (var i = 0; i < 300; i++)
        {
            var bytes = whole.ToArray();
            if (i % 3 == 0)
            {
                bytes = bytes[..random.Next(bytes.Length)];
            }
            else
            {
                // Half of them where the file says how it is cut.
                bytes[random.Next(i % 2 == 0 ? bytes.Length : 80)] ^= (byte)random.Next(1, 256);
            }

            File.WriteAllBytes(_folder["damaged.keys"], bytes);
            try
            {
                using var file = KeyFile.Open(_folder["damaged.keys"]);
                for (var id = 0; id < rows; id++)
                {
                    Assert.InRange(file.Find(Hash(id)).Count, 0, rows);
                }
            }
            catch (OpenDataException failed)
            {
                Assert.Equal(PublishingErrors.Damaged, failed.Code);
                named++;
            }
        }

        Assert.InRange(named, 150, 299);
        Assert.Throws<FileNotFoundException>(() => KeyFile.Open(_folder["nowhere.keys"]));
    }

    private static long Hash(long id) => KeyHash.Of([new Constant(new ExpressionType(ValueKind.Integer), id)]);

    private static ExportTable Numbers(int rows)
        => new([ExportTable.Column("id", new(ColumnKind.Integer))], [.. Enumerable.Range(0, rows).Select(i => new object?[] { (long)i })]);

    private static Constant ValueOf(ColumnContract column, object value) => new(ExpressionType.Of(column.Type), (column.Type.Kind, value) switch
    {
        (ColumnKind.Date, long days) => EngineTime.Date((int)days),
        (ColumnKind.Timestamp, long micros) => EngineTime.Instant(micros),
        _ => value,
    });

    private KeyFile Write(ExportTable table, IReadOnlyList<string> key)
    {
        using var connection = _engine.Connect();
        connection.Execute(EngineFixture.Sql("DROP TABLE IF EXISTS data"));
        var numbered = new ExportTable(
            [.. table.Columns, ExportTable.Column("_rid", new(ColumnKind.Integer))], [.. table.Rows.Select((r, i) => (object?[])[.. r, (long)i])]);
        var contract = numbered.Create(connection, "data").Contract with { Key = key };
        var path = _folder[$"{++_files}.keys"];
        Assert.True(KeyFile.Serves(contract, table.Rows.Count));
        Assert.Equal(table.Rows.Count, KeyFile.Write(connection, "memory", contract, table.Rows.Count, path, Path.GetDirectoryName(path)!, CancellationToken.None));
        return KeyFile.Open(path);
    }
}
