using System.Globalization;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;
using OpenData.Warehouse.Staging;
using OpenData.Warehouse.Validation;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Tests.Publishing;

public sealed class LargeVersionTests
{
    private const int Rows = (int)SnapshotPublisher.KeyFileRowsMin + 1;

    private static readonly string Yaml = PublishingBench.Yaml("""
        name: id, type: integer, required: true, title: { vi: Số, en: Number }
        name: word, type: text, title: { vi: Chữ, en: Word }
        """, more: "order: [word, id]");

    [Fact]
    public void Above_the_bound_keys_are_found_by_a_file_of_their_own_and_many_row_groups_lie_in_order()
    {
        using var bench = new PublishingBench();
        var contract = PublishingBench.Contract(Yaml);
        var staged = bench.Stage(contract, []);
        using (var engine = DuckDbEngine.File(staged.DatabaseFile, PublishingBench.Engine, readOnly: false))
        using (var connection = engine.Connect())
        {
            PublishingBench.Run(connection, $"INSERT INTO staged SELECT i * 7919 % {Rows}, 'từ ' || (i % 1000), i + 1 FROM range({Rows}) AS t(i)");
        }

        var validated = new Validator(PublishingBench.Engine).Validate(
            staged with { Received = Rows, Counted = Rows }, contract, null, new Dictionary<string, Snapshot>(), CancellationToken.None);
        var snapshot = bench.Publish(validated, null, Yaml, 1).Snapshot;

        Assert.Equal(Rows, snapshot.Manifest.Rows);
        using var reading = DuckDbEngine.File(snapshot.DataFile, PublishingBench.Engine, readOnly: true);
        using var reader = reading.Connect();
        Assert.Equal(0, Count(reader, "SELECT count(*) FROM duckdb_indexes()"));
        using var keys = snapshot.Keys!; // above the bound there is one
        for (var id = 0L; id < Rows; id += 997)
        {
            var rid = Assert.Single(keys.Find(KeyHash.Of([new Constant(new ExpressionType(ValueKind.Integer), id)])));
            Assert.Equal(id, Count(reader, $"SELECT id FROM data WHERE _rid = {rid}"));
        }

        Assert.Empty(new SnapshotVerifier(bench.Store).VerifyAll(CancellationToken.None));
        Assert.Equal(0, Count(reader, "SELECT count(*) FROM (SELECT _rid, word, id, lag(word) OVER (ORDER BY _rid) AS w, lag(id) OVER (ORDER BY _rid) AS i FROM data) WHERE w > word OR (w = word AND i >= id)"));
        Assert.Equal(0, Count(reader, "SELECT count(*) FROM data WHERE _rid <> rowid OR _s <> 'tu ' || split_part(word, ' ', 2)"));
        Assert.Equal(7, Count(reader, "SELECT count(DISTINCT row_group_id) FROM pragma_storage_info('data')"));
    }

    [Fact]
    public void Counts_that_do_not_add_up_stop_before_anything_is_written()
    {
        using var bench = new PublishingBench();
        var contract = PublishingBench.Contract(Yaml);
        var staged = bench.Stage(contract, ["1, 'a'"]) with { Received = 2 };

        var failed = Assert.Throws<OpenDataException>(() => new Validator(PublishingBench.Engine).Validate(
            staged, contract, null, new Dictionary<string, Snapshot>(), CancellationToken.None));
        Assert.Equal(ValidationErrors.CountsDiffer, failed.Code);
    }

    [Fact]
    public void Rows_that_do_not_fit_into_memory_make_the_same_version()
    {
        const int rows = 4 * Rows;
        using var csv = new MemoryStream();
        using (var writer = new StreamWriter(csv, leaveOpen: true))
        {
            writer.Write("id,word\n");
            for (var i = 0; i < rows; i++)
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{i * 7919L % rows},{(i * 31L) % 1000:000} {new string((char)('a' + (i % 26)), 130)} {i}\n"));
            }
        }

        Assert.True(csv.Length > 96L << 20);
        var roomy = Publish(csv.ToArray(), 1024);
        var tight = Publish(csv.ToArray(), 96);

        Assert.Equal(rows, tight.Rows);
        Assert.Equal(roomy.ContentHash, tight.ContentHash);
    }

    [Fact]
    public void The_Parquet_file_of_wide_rows_fits_into_little_memory()
    {
        const int rows = 122_880;
        var wide = new string('ă', 750);
        using var csv = new MemoryStream();
        using (var writer = new StreamWriter(csv, leaveOpen: true))
        {
            writer.Write("id,word\n");
            for (var i = 0; i < rows; i++)
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{i},{i} {wide}\n"));
            }
        }

        Assert.Equal(rows, Publish(csv.ToArray(), 256).Rows);
    }

    [Theory]
    [InlineData(0, 0, 122_880)]
    [InlineData(1_000_000, 250_000_000, 122_880)]
    [InlineData(1_000_000, 5_000_000_000, 6_710)]
    [InlineData(10, 100_000_000, 2_048)]
    public void A_row_group_has_fewer_of_wide_rows(long rows, long bytes, int expected) => Assert.Equal(expected, ParquetSql.RowGroupRows(rows, bytes));

    private static SnapshotManifest Publish(byte[] csv, int memoryMiB)
    {
        using var bench = new PublishingBench();
        using var bytes = new MemoryStream(csv);
        var contract = PublishingBench.Contract(Yaml);
        var folder = Path.Combine(bench.DataFolder, "work", bench.NewRun());
        Directory.CreateDirectory(folder);
        var landed = new LandingStore(bench.DataFolder, TimeProvider.System).LandAsync(contract, folder, "test", bytes, CancellationToken.None).GetAwaiter().GetResult();
        var staged = StagingLoader.Load(contract, [landed], new StagingOptions(folder) { EngineMemoryMiB = memoryMiB }, CancellationToken.None);
        var engine = PublishingBench.Engine with { MemoryBytesMax = (long)memoryMiB << 20 };
        var validated = new Validator(engine).Validate(staged, contract, null, new Dictionary<string, Snapshot>(), CancellationToken.None);
        var now = bench.Clock.GetUtcNow();
        return new SnapshotPublisher(bench.Store, engine, bench.Clock)
            .Publish(validated, null, new PublishRequest(bench.NewRun(), 1, now, now, Yaml), CancellationToken.None).Snapshot.Manifest;
    }

    private static long Count(EngineConnection connection, string sql) => connection.Count(PublishingBench.Sql(sql), CancellationToken.None);
}
