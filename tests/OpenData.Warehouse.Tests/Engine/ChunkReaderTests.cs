using System.Diagnostics;
using Dapper;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Tests.Engine;

public sealed class ChunkReaderTests : IDisposable
{
    /// <summary>Minutes of work before the first row.</summary>
    private const string Heavy = "SELECT count(*) FROM range(100000) a(i), range(100000) b(j) WHERE (i * j) % 7 = 3";

    /// <summary>Rows come at once and never end in the time of a test.</summary>
    private const string Endless = "SELECT i FROM range(100000000000) r(i)";

    private readonly DuckDbEngine _engine = DuckDbEngine.InMemory(EngineFixture.Options);

    [Fact]
    public void Columns_are_known_before_the_first_row()
    {
        using var connection = _engine.Connect();
        using var reader = connection.Stream(EngineFixture.Sql("SELECT 1.5::DECIMAL(9,2) AS phí, 'x' AS \"tên gọi\" WHERE false"), CancellationToken.None);
        Assert.Equal(
            [new ResultColumn("phí", PhysicalKind.Decimal32, 9, 2), new ResultColumn("tên gọi", PhysicalKind.Utf8)], reader.Columns);
        Assert.False(reader.Read(out _));
        Assert.False(reader.Read(out _));
    }

    [Fact]
    public void Cancelling_stops_a_query_that_has_not_answered_yet()
    {
        using var connection = _engine.Connect();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var clock = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() => connection.ReadInt64(EngineFixture.Sql(Heavy), source.Token));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), clock.Elapsed.ToString());
    }

    [Fact]
    public void Cancelling_stops_a_stream_between_chunks()
    {
        using var connection = _engine.Connect();
        using var source = new CancellationTokenSource();
        using var reader = connection.Stream(EngineFixture.Sql(Endless), source.Token);
        Assert.True(reader.Read(out _));
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => reader.Read(out _));
    }

    [Fact]
    public void Cancelling_stops_a_statement()
    {
        using var connection = _engine.Connect();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Assert.ThrowsAny<OperationCanceledException>(() => connection.Execute(EngineFixture.Sql("CREATE TABLE t AS " + Heavy), source.Token));
        Assert.Throws<OpenDataException>(() => _engine.Run("SELECT * FROM t"));
    }

    [Fact]
    public void A_token_cancelled_before_the_call_runs_nothing()
    {
        using var connection = _engine.Connect();
        Assert.ThrowsAny<OperationCanceledException>(() => connection.Stream(EngineFixture.Sql("SELECT 1"), new CancellationToken(canceled: true)));
        Assert.Equal(1, connection.ReadInt64(EngineFixture.Sql("SELECT 1"), CancellationToken.None));
    }

    [Fact]
    public void A_query_over_its_time_is_stopped_with_its_own_code()
    {
        using var hasty = DuckDbEngine.InMemory(EngineFixture.Options with { QueryTimeout = TimeSpan.FromMilliseconds(150) });
        using var connection = hasty.Connect();
        var clock = Stopwatch.StartNew();

        var stopped = Assert.Throws<OpenDataException>(() => connection.ReadInt64(EngineFixture.Sql(Heavy), CancellationToken.None));

        Assert.Equal(EngineErrors.QueryTimeout, stopped.Code);
        Assert.Contains("0.15 seconds", stopped.Detail.En, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), clock.Elapsed.ToString());
        Assert.Equal(1, hasty.Count("SELECT 1"));
    }

    [Fact]
    public void A_slow_reader_does_not_use_up_the_time_of_its_query()
    {
        using var hasty = DuckDbEngine.InMemory(EngineFixture.Options with { QueryTimeout = TimeSpan.FromMilliseconds(400) });
        using var connection = hasty.Connect();
        using var reader = connection.Stream(EngineFixture.Sql("SELECT i FROM range(8000) r(i)"), CancellationToken.None);
        var rows = 0;
        while (reader.Read(out var chunk))
        {
            rows += chunk.RowCount;
            using var pause = new ManualResetEventSlim();
            pause.Wait(TimeSpan.FromMilliseconds(250));
        }

        Assert.Equal(8_000, rows);
    }

    [Fact]
    public void An_error_in_mid_stream_is_thrown_and_never_looks_like_the_end()
    {
        using var connection = _engine.Connect();
        using var reader = connection.Stream(
            EngineFixture.Sql("SELECT CASE WHEN i = 900000 THEN error('broken') ELSE i END FROM range(1000000) r(i)"), CancellationToken.None);

        var failed = Assert.Throws<OpenDataException>(() => reader.Drain());

        Assert.Equal(EngineErrors.QueryFailed, failed.Code);
        Assert.DoesNotContain("broken", failed.Detail.En, StringComparison.Ordinal);
        Assert.Contains("broken", failed.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_query_on_a_streaming_connection_is_refused()
    {
        using var connection = _engine.Connect();
        using var reader = connection.Stream(EngineFixture.Sql(Endless), CancellationToken.None);
        Assert.True(reader.Read(out _));
        Assert.Throws<InvalidOperationException>(() => connection.Stream(EngineFixture.Sql("SELECT 1"), CancellationToken.None));
        Assert.Throws<InvalidOperationException>(() => connection.Execute(EngineFixture.Sql("SELECT 1")));
        Assert.True(reader.Read(out _));
    }

    [Fact]
    public void A_query_slipped_in_through_ado_shows_as_an_error_and_not_as_a_short_result()
    {
        using var connection = _engine.Connect();
        using var reader = connection.Stream(EngineFixture.Sql(Endless), CancellationToken.None);
        Assert.True(reader.Read(out _));
        connection.Ado.Execute("SELECT 1");
        Assert.Throws<OpenDataException>(() => reader.Drain());
    }

    [Fact]
    public void A_stream_left_half_read_does_not_disturb_the_next_query()
    {
        for (var round = 0; round < 3; round++)
        {
            using var connection = _engine.Connect();
            using var reader = connection.Stream(EngineFixture.Sql(Endless), CancellationToken.None);
            Assert.True(reader.Read(out _));
        }

        Assert.Equal(1, _engine.Count("SELECT 1"));
    }

    [Fact]
    public void A_wrong_statement_gives_a_public_sentence_without_sql()
    {
        using var connection = _engine.Connect();
        var failed = Assert.Throws<OpenDataException>(() => connection.Stream(EngineFixture.Sql("SELECT secret_name FROM nowhere"), CancellationToken.None));
        Assert.Equal(EngineErrors.QueryFailed, failed.Code);
        Assert.DoesNotContain("nowhere", failed.Message, StringComparison.Ordinal);
        Assert.Equal("Catalog", Assert.IsType<EngineException>(failed.InnerException).Kind);
        Assert.Equal(1, connection.ReadInt64(EngineFixture.Sql("SELECT 1"), CancellationToken.None));
    }

    [Fact]
    public void An_internal_error_marks_the_engine_as_broken()
    {
        // DuckDB 1.5.6 itself: this statement ends in an internal error, after which the instance refuses everything.
        using var connection = _engine.Connect();
        Assert.Throws<OpenDataException>(() => connection.ReadInt64(EngineFixture.Sql("SELECT length(typeof($1) || ' ' || $1::VARCHAR)", "x"), CancellationToken.None));
        Assert.True(_engine.IsBroken);
    }

    [Theory]
    [InlineData("SELECT {'a': 1}")]
    [InlineData("SELECT [{'a': 1}]")]
    public void Types_that_chunks_do_not_carry_are_named(string sql)
    {
        using var connection = _engine.Connect();
        var refused = Assert.Throws<NotSupportedException>(() => connection.Stream(EngineFixture.Sql(sql), CancellationToken.None));
        Assert.Contains("Struct", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_a_column_as_another_width_is_refused()
    {
        using var connection = _engine.Connect();
        using var reader = connection.Stream(EngineFixture.Sql("SELECT 1::BIGINT, 'x'"), CancellationToken.None);
        Assert.True(reader.Read(out var chunk));
        Assert.Throws<InvalidOperationException>(() => chunk[0].Values<int>().Length);
        Assert.Throws<InvalidOperationException>(() => chunk[1].Values<Int128>().Length);
        Assert.Throws<InvalidOperationException>(() => chunk[0].Utf8(0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => chunk[1].Utf8(1).Length);
    }

    [Fact]
    public void Reading_a_million_rows_allocates_nothing_per_value()
    {
        using var connection = _engine.Connect();
        using var reader = connection.Stream(
            EngineFixture.Sql("SELECT i, i::DECIMAL(14,2) AS d, 'a text of more than twelve ' || i AS s FROM range(1000000) r(i)"), CancellationToken.None);
        Assert.True(reader.Read(out var chunk));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = Int128.Zero;
        var bytes = 0L;
        do
        {
            foreach (var value in chunk[0].Values<long>())
            {
                sum += value;
            }

            for (var row = 0; row < chunk.RowCount; row++)
            {
                sum += chunk[1].DecimalAt(row).Unscaled;
                bytes += chunk[2].Utf8(row).Length;
            }
        }
        while (reader.Read(out chunk));

        // One handle per chunk of 2,048 rows is all.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        Assert.Equal((Int128)101 * 499_999_500_000, sum);
        Assert.True(bytes > 27_000_000);
    }

    [Fact]
    public void Texts_are_copied_end_to_end_and_never_beyond_the_room_that_there_is()
    {
        string?[] texts = ["", "short", null, "twelve bytes", "thirteen byte", "a text of more than sixteen bytes"];
        using var connection = _engine.Connect();
        using var reader = connection.Stream(EngineFixture.Sql("SELECT unnest([$1, $2, $3, $4, $5, $6])", texts), CancellationToken.None);
        Assert.True(reader.Read(out var chunk));
        var vector = chunk[0];
        for (var from = 0; from <= texts.Length; from++)
        {
            for (var count = 0; count <= texts.Length - from; count++)
            {
                var expected = string.Concat(texts[from..(from + count)]);
                Assert.Equal(expected.Length, vector.BytesLength(from, count));
                var (bytes, ends) = (new byte[expected.Length + ColumnVector.CopySpare], new int[count]);
                vector.CopyBytes(from, count, bytes, ends, start: 100);

                Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(bytes.AsSpan(0, expected.Length)));
                Assert.Equal(Enumerable.Range(1, count).Select(n => 100 + string.Concat(texts[from..(from + n)]).Length), ends);
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Copy(chunk, count: 6, room: 64 + ColumnVector.CopySpare - 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Copy(chunk, count: 7, room: 200));
        Assert.Throws<ArgumentOutOfRangeException>(() => Copy(chunk, count: 0, room: 0));

        static void Copy(ResultChunk chunk, int count, int room) => chunk[0].CopyBytes(0, count, new byte[room], new int[count], start: 0);
    }

    public void Dispose() => _engine.Dispose();
}
