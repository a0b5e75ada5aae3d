using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Tests.Engine;

public sealed class DuckDbEngineTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly DuckDbEngine _engine = DuckDbEngine.InMemory(EngineFixture.Options);

    [Theory]
    [InlineData("SELECT * FROM read_csv('{outside}.csv')")]
    [InlineData("SELECT * FROM read_text('{outside}.csv')")]
    [InlineData("SELECT * FROM '{outside}.csv'")]
    [InlineData("SELECT * FROM glob('{outside}*')")]
    [InlineData("SELECT * FROM read_csv('{inside}/../outside.csv')")]
    [InlineData("SELECT * FROM read_csv('https://localhost/x.csv')")]
    [InlineData("ATTACH '{outside}.duckdb' AS o")]
    [InlineData("ATTACH '{outside}.duckdb' AS o (READ_ONLY)")]
    [InlineData("COPY (SELECT 1) TO '{outside}.out'")]
    [InlineData("EXPORT DATABASE '{outside}-export'")]
    [InlineData("SET threads = 8")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("SET allowed_directories = ['/']")]
    [InlineData("RESET lock_configuration")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    public void A_locked_engine_refuses(string statement)
    {
        var inside = _folder["inside"];
        var outside = _folder["outside"];
        Directory.CreateDirectory(inside);
        _folder.Write("outside.csv", "a\n1\n");
        MakeFile("outside.duckdb", 1);
        var before = Directory.GetFileSystemEntries(_folder.Path);
        _engine.Lock([inside]);

        var sql = statement.Replace("{inside}", inside, StringComparison.Ordinal).Replace("{outside}", outside, StringComparison.Ordinal);
        var refused = Assert.Throws<OpenDataException>(() => _engine.Run(sql));

        Assert.Equal(EngineErrors.QueryFailed, refused.Code);
        Assert.DoesNotContain(_folder.Path, refused.Detail.En, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path));
        Assert.False(_engine.IsBroken);
    }

    [Fact]
    public void A_locked_engine_still_attaches_and_copies_inside()
    {
        var path = MakeFile("v1.duckdb", 3);
        _engine.Lock([_folder.Path]);

        _engine.AttachReadOnly(path, "v1");
        _engine.Run($"COPY v1.t TO '{_folder["out.parquet"]}'");

        Assert.Equal(3, _engine.Count("SELECT count(*) FROM v1.t"));
        Assert.True(File.Exists(_folder["out.parquet"]));
    }

    [Fact]
    public void An_engine_locked_without_folders_reaches_no_file()
    {
        var path = MakeFile("v1.duckdb", 1);
        _engine.Lock([]);
        Assert.Throws<OpenDataException>(() => _engine.AttachReadOnly(path, "v1"));
        Assert.Equal(1, _engine.Count("SELECT 1"));
    }

    [Fact]
    public void A_folder_whose_name_begins_like_an_allowed_one_is_outside()
    {
        Directory.CreateDirectory(_folder["data"]);
        _folder.Write("data-private/x.csv", "a\n1\n");
        _engine.Lock([_folder["data"]]);
        Assert.Throws<OpenDataException>(() => _engine.Run($"SELECT * FROM read_csv('{_folder["data-private/x.csv"]}')"));
    }

    [Fact]
    public void Odd_names_of_folders_and_aliases_stay_names()
    {
        var path = MakeFile("it's \"odd\".duckdb", 2);
        _engine.AttachReadOnly(path, "a \"b\" 'c'; DROP");
        Assert.Equal(2, _engine.Count("SELECT count(*) FROM \"a \"\"b\"\" 'c'; DROP\".t"));
        _engine.Detach("a \"b\" 'c'; DROP");
        Assert.Throws<OpenDataException>(() => _engine.Run("SELECT 1 FROM \"a \"\"b\"\" 'c'; DROP\".t"));
    }

    [Fact]
    public void An_attached_file_cannot_be_written()
    {
        _engine.AttachReadOnly(MakeFile("v1.duckdb", 1), "v1");
        Assert.Throws<OpenDataException>(() => _engine.Run("DELETE FROM v1.t"));
    }

    [Fact]
    public void A_file_opened_read_only_refuses_writes_and_a_missing_one_is_not_made()
    {
        var path = MakeFile("v1.duckdb", 1);
        using (var engine = DuckDbEngine.File(path, EngineFixture.Options, readOnly: true))
        {
            Assert.Equal(1, engine.Count("SELECT count(*) FROM t"));
            Assert.Throws<OpenDataException>(() => engine.Run("DELETE FROM t"));
        }

        Assert.Throws<OpenDataException>(() => DuckDbEngine.File(_folder["none.duckdb"], EngineFixture.Options, readOnly: true));
        Assert.False(File.Exists(_folder["none.duckdb"]));
    }

    [Fact]
    public void A_file_attached_for_writing_is_small_grouped_and_readable_by_another_engine()
    {
        var path = _folder["new.duckdb"];
        _engine.AttachForWriting(path, "made");
        _engine.Run("CREATE TABLE made.t AS SELECT i FROM range(100000) r(i)");
        Assert.Equal(4, _engine.Count("SELECT count(DISTINCT row_group_id) FROM pragma_storage_info('made.t')"));
        _engine.Run("CHECKPOINT made");
        _engine.Detach("made");

        Assert.Equal([path], Directory.GetFiles(_folder.Path));
        using var other = DuckDbEngine.File(path, EngineFixture.Options, readOnly: true);
        Assert.Equal(100_000, other.Count("SELECT count(*) FROM t"));
    }

    [Fact]
    public void A_stream_reads_on_after_its_file_was_detached()
    {
        _engine.AttachReadOnly(MakeFile("v1.duckdb", 200_000), "v1");
        using var connection = _engine.Connect();
        using var reader = connection.Stream(EngineFixture.Sql("SELECT i FROM v1.t"), CancellationToken.None);
        Assert.True(reader.Read(out var chunk));
        var rows = (long)chunk.RowCount;

        _engine.AttachReadOnly(MakeFile("v2.duckdb", 5), "v2");
        _engine.Detach("v1");
        while (reader.Read(out chunk))
        {
            rows += chunk.RowCount;
        }

        Assert.Equal(200_000, rows);
        Assert.Equal(5, _engine.Count("SELECT count(*) FROM v2.t"));
    }

    [Fact]
    public void A_prepared_statement_survives_a_swap_under_the_same_alias()
    {
        using var connection = _engine.Connect();
        var sql = EngineFixture.Sql("SELECT count(*) FROM now.t WHERE i >= $1", 0L);
        _engine.AttachReadOnly(MakeFile("v1.duckdb", 1), "now");
        Assert.Equal(1, connection.ReadInt64(sql, CancellationToken.None));
        _engine.Detach("now");
        _engine.AttachReadOnly(MakeFile("v2.duckdb", 2), "now");
        Assert.Equal(2, connection.ReadInt64(sql, CancellationToken.None));
    }

    [Fact]
    public void A_clean_connection_is_used_again_and_one_with_a_trace_is_not()
    {
        var first = _engine.Connect();
        first.ReadInt64(EngineFixture.Sql("SELECT 1"), CancellationToken.None);
        first.Dispose();
        using var second = _engine.Connect();
        Assert.Same(first, second);

        second.Execute(EngineFixture.Sql("CREATE TEMP TABLE trace (i BIGINT)"));
        second.Dispose();
        using var third = _engine.Connect();
        Assert.NotSame(second, third);
        Assert.Throws<OpenDataException>(() => third.ReadInt64(EngineFixture.Sql("SELECT count(*) FROM trace"), CancellationToken.None));
    }

    [Fact]
    public void Connections_share_the_instance_from_many_threads()
    {
        _engine.Run("CREATE TABLE t AS SELECT i FROM range(10000) r(i)");
        Parallel.For(0, 64, _ => Assert.Equal(10_000, _engine.Count("SELECT count(*) FROM t")));
    }

    [Fact]
    public void Limits_reach_duckdb()
    {
        Assert.Equal(2, _engine.Count("SELECT current_setting('threads')::BIGINT"));
        Assert.Equal(1, _engine.Count("SELECT (current_setting('memory_limit') = '512.0 MiB')::BIGINT"));
        Assert.Equal(0, _engine.Count("SELECT current_setting('autoload_known_extensions')::BIGINT"));
        Assert.Equal(0, _engine.Count("SELECT current_setting('autoinstall_known_extensions')::BIGINT"));
        Assert.Equal(0, _engine.Count("SELECT length(current_setting('temp_directory'))"));
    }

    [Fact]
    public void A_query_over_the_memory_limit_fails_with_its_own_code()
    {
        using var small = DuckDbEngine.InMemory(new EngineOptions { Threads = 1, MemoryBytesMax = 64L << 20 });
        var refused = Assert.Throws<OpenDataException>(
            () => small.Run("CREATE TABLE t AS SELECT i, repeat('x', 100) || i::VARCHAR AS s FROM range(3000000) r(i) ORDER BY s"));
        Assert.Equal(EngineErrors.OutOfMemory, refused.Code);
    }

    [Fact]
    public void A_locked_bulk_engine_spills_into_its_own_folder()
    {
        using var bulk = DuckDbEngine.InMemory(new EngineOptions { Threads = 1, MemoryBytesMax = 64L << 20, TempFolder = _folder["spill"] });
        bulk.Lock([_folder["spill"]]);
        bulk.Run("CREATE TABLE t AS SELECT i, repeat('x', 100) || i::VARCHAR AS s FROM range(1000000) r(i) ORDER BY s");
        Assert.Equal(1_000_000, bulk.Count("SELECT count(*) FROM t"));
        Assert.True(Directory.Exists(_folder["spill"]));
    }

    [Fact]
    public void A_file_has_one_engine_at_a_time()
    {
        var path = MakeFile("v1.duckdb", 1);
        using (DuckDbEngine.File(path, EngineFixture.Options, readOnly: true))
        {
            Assert.Throws<InvalidOperationException>(() => DuckDbEngine.File(path, EngineFixture.Options, readOnly: false));
            _engine.AttachReadOnly(path, "beside");
            Assert.Equal(1, _engine.Count("SELECT count(*) FROM beside.t"));
        }

        _engine.Detach("beside");
        using var again = DuckDbEngine.File(path, EngineFixture.Options, readOnly: false);
        again.Run("INSERT INTO t VALUES (7)");
    }

    [Fact]
    public void Options_outside_their_range_are_named()
    {
        EngineOptions[] wrong =
        [
            new() { Threads = 0 }, new() { Threads = 257 }, new() { MemoryBytesMax = 1 }, new() { TempFolder = "relative" },
            new() { QueryTimeout = TimeSpan.Zero }, new() { IdleConnectionsMax = -1 }, new() { StatementsMax = -1 },
        ];
        Assert.All(wrong, options =>
            Assert.Equal(EngineErrors.BadOption, Assert.Throws<OpenDataException>(() => DuckDbEngine.InMemory(options)).Code));
    }

    [Fact]
    public void Another_version_of_the_library_is_refused_with_both_versions_named()
    {
        NativeDuckDb.EnsureVersion();
        var refused = Assert.Throws<OpenDataException>(() => NativeDuckDb.EnsureVersion("v9.9.9"));
        Assert.Equal("OD9001", refused.Code.Code);
        Assert.Contains("v9.9.9", refused.Detail.En, StringComparison.Ordinal);
        Assert.Contains("v1.5.6", refused.Detail.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_engine_hands_out_no_connection()
    {
        var engine = DuckDbEngine.InMemory(EngineFixture.Options);
        var late = engine.Connect();
        engine.Dispose();
        late.Dispose();
        Assert.Throws<ObjectDisposedException>(() => engine.Connect());
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    private string MakeFile(string name, int rows)
    {
        using var file = DuckDbEngine.File(_folder[name], EngineFixture.Options, readOnly: false);
        file.Run($"CREATE TABLE t AS SELECT i FROM range({rows}) r(i)");
        return _folder[name];
    }
}
