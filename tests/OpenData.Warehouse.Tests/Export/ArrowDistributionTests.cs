using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Export.Arrow;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Tests.Engine;

namespace OpenData.Warehouse.Tests.Export;

/// <summary>What other readers cannot judge; what they can is in <see cref="JudgedFilesTests"/>.</summary>
public sealed class ArrowDistributionTests : IDisposable
{
    private const long Secret = 0x1122_3344_5566_7788;

    private readonly ExportRoom _room = new();

    public void Dispose() => _room.Dispose();

    [Fact]
    public async Task A_value_that_was_taken_back_does_not_travel_under_its_null()
    {
        _room.Engine.Run($"CREATE TABLE t AS SELECT i, {Secret}::BIGINT AS v, 47866711113.71::DECIMAL(18,2) AS d, 'held back' || i AS s FROM range(3000) r(i)");
        _room.Engine.Run("UPDATE t SET v = NULL, d = NULL, s = NULL WHERE i % 2 = 0");
        _room.Engine.Run("DELETE FROM t WHERE i % 2 = 1");
        using (var reader = _room.Connection.Stream(EngineFixture.Sql("SELECT v FROM t"), CancellationToken.None))
        {
            // Why this test is here: DuckDB hands out what was there before.
            Assert.True(reader.Read(out var chunk) && chunk[0].IsNull(0));
            Assert.Equal(Secret, chunk[0].Values<long>()[0]);
            reader.Drain();
        }

        var columns = new[]
        {
            ExportTable.Column("v", new(ColumnKind.Integer)),
            ExportTable.Column("d", new(ColumnKind.Decimal, 18, 2)),
            ExportTable.Column("s", new(ColumnKind.Text)),
            ExportTable.Column("l", new(ColumnKind.Text)) with { OneOf = ["a"] },
        };
        var (path, rows) = await _room.WriteAsync(EngineFixture.Sql("SELECT v, d, s, s FROM t"), ExportTable.Description(columns), DistributionFormat.Arrow);

        Assert.Equal(1500, rows);
        var bytes = await File.ReadAllBytesAsync(path);
        Assert.Equal(-1, bytes.AsSpan().IndexOf(BitConverter.GetBytes(Secret)));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(BitConverter.GetBytes(4_786_671_111_371)));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("held back"u8));
    }

    [Theory]
    [InlineData("arrow")]
    [InlineData("arrows")]
    public async Task Equal_rows_give_equal_bytes(string word)
    {
        var table = ExportTable.Random(new Random(7));
        var format = DistributionFormat.OfWord(word)!; // both words are known

        Assert.Equal(
            await File.ReadAllBytesAsync(await _room.WriteAsync(table, format)),
            await File.ReadAllBytesAsync(await _room.WriteAsync(table, format)));
    }

    [Theory]
    [InlineData("arrow")]
    [InlineData("arrows")]
    public async Task A_query_that_fails_under_way_fails_and_leaves_no_end(string word)
    {
        var sql = new SqlBuilder().Append("SELECT CASE WHEN i = 140000 THEN error('no') ELSE 'x' END AS s FROM range(150000) r(i)").ToSql();
        var table = ExportTable.Description([ExportTable.Column("s", new(ColumnKind.Text))]);
        using var target = new MemoryStream();

        var failed = await Assert.ThrowsAsync<OpenDataException>(
            () => _room.Writers.Of(DistributionFormat.OfWord(word)!).WriteAsync(new RowSet(_room.Connection, sql, table), target, CancellationToken.None)); // both words are known

        Assert.Equal(EngineErrors.QueryFailed, failed.Code);
        Assert.False(target.ToArray().AsSpan().EndsWith("ARROW1"u8));
        Assert.False(target.ToArray().AsSpan().EndsWith((ReadOnlySpan<byte>)[255, 255, 255, 255, 0, 0, 0, 0]));
    }

    [Fact]
    public async Task A_query_that_fails_at_once_leaves_the_target_untouched()
    {
        var table = ExportTable.Description([ExportTable.Column("s", new(ColumnKind.Text))]);
        using var target = new MemoryStream();

        await Assert.ThrowsAsync<OpenDataException>(() => ArrowDistribution.File.WriteAsync(
            new RowSet(_room.Connection, EngineFixture.Sql("SELECT error('no')::VARCHAR AS s"), table), target, CancellationToken.None));

        Assert.Equal(0, target.Length);
    }

    [Fact]
    public async Task A_cancelled_answer_stops()
    {
        var sql = new SqlBuilder().Append("SELECT i FROM range(100000000) r(i)").ToSql();
        var table = ExportTable.Description([ExportTable.Column("i", new(ColumnKind.Integer))]);
        using var stop = new CancellationTokenSource();
        using var bytes = new MemoryStream();
        await using var target = new OneWayStream(bytes) { Before = at => { if (at > 1 << 20) { stop.Cancel(); } } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ArrowDistribution.Stream.WriteAsync(new RowSet(_room.Connection, sql, table), target, stop.Token));

        Assert.InRange(bytes.Length, 1 << 20, 4 << 20);
    }

    [Theory]
    [InlineData("SELECT 1.25::DECIMAL(9,2) AS x", ColumnKind.Integer)]
    [InlineData("SELECT 1.25::DECIMAL(9,2) AS x", ColumnKind.Decimal)]
    [InlineData("SELECT 'a' AS x", ColumnKind.Date)]
    public async Task A_result_of_another_shape_than_the_contract_is_refused(string sql, ColumnKind kind)
    {
        var table = ExportTable.Description([ExportTable.Column("x", new(kind, 9, 1))]);

        var refused = await Assert.ThrowsAsync<OpenDataException>(() => _room.WriteAsync(EngineFixture.Sql(sql), table, DistributionFormat.ArrowStream));

        Assert.Equal(ExportErrors.ColumnMismatch, refused.Code);
    }

    [Fact]
    public async Task A_result_of_too_few_columns_is_refused()
    {
        var table = ExportTable.Description([ExportTable.Column("x", new(ColumnKind.Integer)), ExportTable.Column("y", new(ColumnKind.Integer))]);

        var refused = await Assert.ThrowsAsync<OpenDataException>(() => _room.WriteAsync(EngineFixture.Sql("SELECT 1::BIGINT AS x"), table, DistributionFormat.ArrowStream));

        Assert.Equal(ExportErrors.ColumnMismatch, refused.Code);
    }

    [Fact]
    public async Task A_sum_of_more_than_38_digits_is_refused()
    {
        var sql = EngineFixture.Sql("SELECT 170141183460469231731687303715884105727::HUGEINT AS x");
        var table = ExportTable.Description([ExportTable.Column("x", new(ColumnKind.Decimal, 38))]);

        var refused = await Assert.ThrowsAsync<OpenDataException>(() => _room.WriteAsync(sql, table, DistributionFormat.ArrowStream));

        Assert.Equal(ExportErrors.ColumnMismatch, refused.Code);
    }

    [Fact]
    public async Task More_or_longer_values_than_a_dictionary_takes_are_refused()
    {
        var table = ExportTable.Description([ExportTable.Column("s", new(ColumnKind.Text)) with { OneOf = ["a"] }]);

        await _room.WriteAsync(EngineFixture.Sql("SELECT 'v' || i AS s FROM range(32767) r(i)"), table, DistributionFormat.Arrow);
        foreach (var sql in (string[])["SELECT 'v' || i AS s FROM range(32768) r(i)", "SELECT repeat('x', 9000000) || i AS s FROM range(2) r(i)"])
        {
            var refused = await Assert.ThrowsAsync<OpenDataException>(() => _room.WriteAsync(EngineFixture.Sql(sql), table, DistributionFormat.Arrow));
            Assert.Equal(ExportErrors.TooManyValues, refused.Code);
        }
    }

    [Fact]
    public void A_dictionary_tells_all_its_values_apart()
    {
        var dictionary = new TextDictionary(ExportTable.Column("s", new(ColumnKind.Text)) with { OneOf = ["b", "a"] });
        var texts = Enumerable.Range(0, 5000).Select(i => new string('x', i % 30) + i).Append("").ToList();

        var indexes = texts.Select(t => dictionary.IndexOf(Encoding.UTF8.GetBytes(t))).ToList();

        Assert.Equal(texts.Count, indexes.Distinct().Count());
        Assert.Equal(texts, indexes.Select(i => Encoding.UTF8.GetString(dictionary.Values[i])));
        Assert.Equal([0, 1], new[] { "b"u8.ToArray(), "a"u8.ToArray() }.Select(v => (int)dictionary.IndexOf(v)));
    }

    [Fact]
    public void Long_texts_make_batches_of_fewer_rows_and_one_endless_text_a_batch_of_its_own()
    {
        var column = ExportTable.Column("s", new(ColumnKind.Text));
        var sql = EngineFixture.Sql("SELECT repeat('x', CASE WHEN i = 2000 THEN 40000000 ELSE 20000 END) AS s FROM range(2500) r(i)");
        using var reader = _room.Connection.Stream(sql, CancellationToken.None);
        using var batch = new ArrowBatch(ArrowField.Of(ExportTable.Description([column]), reader.Columns), reader.Columns);
        var rows = 0;
        var alone = 0;
        while (reader.Read(out var chunk))
        {
            for (var from = 0; from < chunk.RowCount;)
            {
                from += batch.Append(chunk, from);
                if (batch.IsFull)
                {
                    var bytes = batch.Buffers()[2].Length;
                    rows += batch.RowCount;
                    alone += batch.RowCount == 1 ? 1 : 0;
                    Assert.True(bytes <= ArrowBatch.BytesMax || batch.RowCount == 1);
                    batch.Clear();
                }
            }
        }

        Assert.Equal(2500, rows + batch.RowCount);
        Assert.Equal(1, alone);
    }

    [Fact]
    public void Null_bits_are_the_same_wherever_a_batch_begins_and_a_chunk_ends()
    {
        _room.Engine.Run("CREATE TABLE t AS SELECT i, CASE WHEN hash(i) % 3 = 0 OR i BETWEEN 700 AND 900 THEN NULL ELSE i END AS v FROM range(2000) r(i)");
        using var reader = _room.Connection.Stream(EngineFixture.Sql("SELECT v FROM t"), CancellationToken.None);
        Assert.True(reader.Read(out var chunk));
        var vector = chunk[0];
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var bits = new NullBits();
            var expected = new List<bool>();
            for (var part = random.Next(1, 6); part > 0; part--)
            {
                var from = random.Next(vector.RowCount);
                var count = random.Next(vector.RowCount - from + 1);
                bits.Append(in vector, from, count);
                for (var row = from; row < from + count; row++)
                {
                    expected.Add(!vector.IsNull(row));
                }
            }

            Assert.Equal(expected.Count(e => !e), bits.NullCount);
            Assert.Equal(bits.NullCount == 0 ? 0 : (expected.Count + 7) / 8, bits.Written.Length);
            for (var row = 0; row < bits.Written.Length * 8; row++)
            {
                Assert.Equal(row < expected.Count && expected[row], (bits.Written.Span[row / 8] & (1 << (row % 8))) != 0);
            }
        }
    }
}
