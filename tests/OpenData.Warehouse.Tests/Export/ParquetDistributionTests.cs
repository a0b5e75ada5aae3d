using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Tests.Engine;
using OpenData.Warehouse.Tests.Publishing;

namespace OpenData.Warehouse.Tests.Export;

/// <summary>What other readers cannot judge; what they can is in <see cref="JudgedFilesTests"/>.</summary>
public sealed class ParquetDistributionTests : IDisposable
{
    private static readonly TableDescription Numbers = ExportTable.Description([ExportTable.Column("i", new(ColumnKind.Integer))]);

    private readonly ExportRoom _room = new();

    public void Dispose() => _room.Dispose();

    [Fact]
    public async Task A_users_text_stays_a_bound_value_and_the_order_of_the_rows_stays()
    {
        const string text = "x'; DROP TABLE t; --";
        _room.Engine.Run("CREATE TABLE t AS SELECT range AS i FROM range(10)");
        var sql = new SqlBuilder().Append("SELECT ").Value(text).Append(" AS s, i AS n FROM t WHERE i > ").Value(4L).Append(" ORDER BY i DESC LIMIT ").Value(3).ToSql();
        var table = ExportTable.Description([ExportTable.Column("name", new(ColumnKind.Text)), ExportTable.Column("number", new(ColumnKind.Integer))]);

        var (path, rows) = await _room.WriteAsync(sql, table, DistributionFormat.Parquet);

        Assert.Equal(3, rows);
        Assert.Equal([[text, 9L], [text, 8L], [text, 7L]], _room.Connection.Rows(EngineFixture.Sql("SELECT name, number FROM read_parquet($1)", path)));
        Assert.Equal(10, _room.Engine.Count("SELECT count(*) FROM t"));
        Assert.Empty(_room.Spilled);
    }

    [Fact]
    public async Task DuckDB_reads_back_what_it_was_given()
    {
        var table = ExportTable.OfEveryType();
        var path = await _room.WriteAsync(table, DistributionFormat.Parquet);

        // Left to itself DuckDB makes geometries of WKB; instants come back with a zone; everything else as it was.
        _room.Engine.Run("SET GLOBAL enable_geoparquet_conversion = false");
        var columns = string.Join(", ", table.Columns.Select(c => c.Type.Kind == ColumnKind.Timestamp ? $"timezone('UTC', {c.Name})" : $"\"{c.Name}\""));
        var back = _room.Connection.Rows(EngineFixture.Sql($"SELECT {columns} FROM read_parquet($1)", path));
        Assert.Equal(_room.Connection.Rows(EngineFixture.Sql("SELECT * FROM t0")), back);
    }

    [Fact]
    public async Task A_sum_that_is_wider_than_64_bits_keeps_every_digit()
    {
        var sql = EngineFixture.Sql("SELECT sum(v) AS total FROM (VALUES (9223372036854775807), (9223372036854775807), (1)) t(v)");
        var table = ExportTable.Description([ExportTable.Column("total", new(ColumnKind.Decimal, 38))]);

        var parquet = (await _room.WriteAsync(sql, table, DistributionFormat.Parquet)).Path;
        var arrow = (await _room.WriteAsync(sql, table, DistributionFormat.Arrow)).Path;

        Assert.All(await NodeReader.ReadAsync(parquet, arrow), t => Assert.Equal([["18446744073709551615"]], t.Rows));
    }

    [Fact]
    public async Task The_whole_of_a_version_has_the_bytes_that_were_published()
    {
        const string columns = """
            name: id, type: code, required: true, title: { vi: Mã, en: Code }
            name: label, type: text, title: { vi: Tên, en: Name }
            name: amount, type: "decimal(14,2)", title: { vi: Số, en: Amount }
            name: noted, type: timestamp, title: { vi: Lúc, en: At }
            name: place, type: "geometry(point)", title: { vi: Nơi, en: Place }
            """;
        using var bench = new PublishingBench();
        var published = bench.Publish(
            PublishingBench.Yaml(columns, more: "order: [noted, id]"),
            ["'002', 'Hoà Bình', 1.50, TIMESTAMP '2025-07-01 01:30:00', '\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x59\\x40\\x00\\x00\\x00\\x00\\x00\\x80\\x35\\xC0'::BLOB", "'001', NULL, NULL, NULL, NULL"]).Snapshot;
        using var engine = DuckDbEngine.InMemory(EngineFixture.Options);
        engine.AttachReadOnly(published.Path(SnapshotFiles.Data), "v");
        using var connection = engine.Connect();
        var rows = new RowSet(
            connection,
            new SqlBuilder().Append("SELECT id, label, amount, noted, place FROM v.main.data").ToSql(),
            new TableDescription(published.Contract, published.Contract.PublicColumns));
        using var target = new MemoryStream();

        await _room.Writers.Of(DistributionFormat.Parquet).WriteAsync(rows, target, CancellationToken.None);

        Assert.Equal(await File.ReadAllBytesAsync(published.Path(SnapshotFiles.Parquet)), target.ToArray());
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_a_named_failure_and_leaves_nothing()
    {
        using var room = new ExportRoom(spillBytesMax: 1 << 20);
        var sql = new SqlBuilder().Append("SELECT hash(i)::BIGINT AS i FROM range(2000000000) r(i) WHERE hash(i) < 9000000000000000000").ToSql();

        var refused = await Assert.ThrowsAsync<OpenDataException>(() => room.WriteAsync(sql, Numbers, DistributionFormat.Parquet));

        Assert.Equal(ExportErrors.SpillTooLarge, refused.Code);
        Assert.Empty(room.Spilled);
        Assert.Equal(1, room.Engine.Count("SELECT 1"));
    }

    [Fact]
    public async Task A_small_file_that_is_too_large_in_the_end_is_the_same_failure()
    {
        using var room = new ExportRoom(spillBytesMax: 100);

        var refused = await Assert.ThrowsAsync<OpenDataException>(() => room.WriteAsync(EngineFixture.Sql("SELECT 1 AS i"), Numbers, DistributionFormat.Parquet));

        Assert.Equal(ExportErrors.SpillTooLarge, refused.Code);
        Assert.Empty(room.Spilled);
    }

    [Fact]
    public async Task A_cancelled_answer_leaves_nothing()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var sql = new SqlBuilder().Append("SELECT hash(i) % 7 AS i FROM range(100000000000) r(i)").ToSql();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _room.Writers.Of(DistributionFormat.Parquet).WriteAsync(
            new RowSet(_room.Connection, sql, Numbers), Stream.Null, stop.Token));

        Assert.Empty(_room.Spilled);
    }

    [Fact]
    public async Task The_time_limit_of_the_engine_holds_and_leaves_nothing()
    {
        using var engine = DuckDbEngine.InMemory(EngineFixture.Options with { QueryTimeout = TimeSpan.FromMilliseconds(200) });
        using var connection = engine.Connect();
        var sql = new SqlBuilder().Append("SELECT hash(i) % 7 AS i FROM range(100000000000) r(i)").ToSql();

        var failed = await Assert.ThrowsAsync<OpenDataException>(() => _room.Writers.Of(DistributionFormat.Parquet).WriteAsync(
            new RowSet(connection, sql, Numbers), Stream.Null, CancellationToken.None));

        Assert.Equal(EngineErrors.QueryTimeout, failed.Code);
        Assert.Empty(_room.Spilled);
    }

    [Fact]
    public async Task A_query_that_fails_or_a_reader_that_leaves_leaves_nothing()
    {
        await Assert.ThrowsAsync<OpenDataException>(() => _room.WriteAsync(EngineFixture.Sql("SELECT error('no')::BIGINT AS i"), Numbers, DistributionFormat.Parquet));
        await using var gone = new OneWayStream(Stream.Null) { Before = _ => throw new IOException("gone") };
        await Assert.ThrowsAsync<IOException>(() => _room.Writers.Of(DistributionFormat.Parquet).WriteAsync(
            new RowSet(_room.Connection, EngineFixture.Sql("SELECT 1 AS i"), Numbers), gone, CancellationToken.None));

        Assert.Empty(_room.Spilled);
    }

    [Fact]
    public async Task A_locked_engine_writes_where_it_is_allowed_to_and_nowhere_else()
    {
        _room.Engine.Lock([_room.SpillFolder]);
        Assert.Equal(1, (await _room.WriteAsync(EngineFixture.Sql("SELECT 1 AS i"), Numbers, DistributionFormat.Parquet)).Rows);

        using var locked = DuckDbEngine.InMemory(EngineFixture.Options);
        locked.Lock([]);
        using var connection = locked.Connect();
        var refused = await Assert.ThrowsAsync<OpenDataException>(() => _room.Writers.Of(DistributionFormat.Parquet).WriteAsync(
            new RowSet(connection, EngineFixture.Sql("SELECT 1 AS i"), Numbers), Stream.Null, CancellationToken.None));
        Assert.Equal(EngineErrors.QueryFailed, refused.Code);
        Assert.Empty(_room.Spilled);
    }
}
