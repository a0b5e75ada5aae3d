using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpenData.Catalogs;
using OpenData.TestKit;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Tests.Engine;

/// <summary>Appender → table → chunk reader and ADO.NET, for every column type, with its ends and with nulls.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly Int128 Nines38 = Int128.Parse(new string('9', 38), System.Globalization.CultureInfo.InvariantCulture);

    private readonly DuckDbEngine _engine = DuckDbEngine.InMemory(EngineFixture.Options);

    public static TheoryData<ColumnKind, object?[]> Values => new()
    {
        { ColumnKind.Boolean, [true, false, null] },
        { ColumnKind.Integer, [0L, -1L, long.MaxValue, long.MinValue, null] },
        { ColumnKind.Float, [0.0, -0.0, 1.5, double.MaxValue, double.Epsilon, double.NaN, double.PositiveInfinity, null] },
        { ColumnKind.Text, ["", "a", "twelve bytes", "thirteen byte", "Thái Nguyên — \"phường\", 100%\n", "a\0b", null] },
        { ColumnKind.Code, ["05426", "", null] },
        { ColumnKind.Json, ["{\"a\": [1, 2]}", null] },
        { ColumnKind.Date, [0L, -719162L, 2932896L, null] },
        { ColumnKind.Time, [0L, 86_399_999_999L, null] },
        { ColumnKind.Timestamp, [0L, -1L, EngineTime.Micros(DateTime.MinValue), EngineTime.Micros(DateTime.MaxValue), null] },
        { ColumnKind.Duration, [0L, -1L, long.MaxValue, null] },
        {
            ColumnKind.Uuid,
            [Guid.Empty, Guid.Parse("80000000-0000-0000-0000-000000000001"), Guid.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff"), null]
        },
        { ColumnKind.Geometry, ["", "0101000000", new string('A', 2 * 4096), null] },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Every_column_type_comes_back_as_it_went_in(ColumnKind kind, object?[] values)
    {
        Write(new ColumnType(kind), values);
        Assert.Equal(values, Read());
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Every_column_type_survives_the_vietnamese_culture(ColumnKind kind, object?[] values)
        => Culture.Vietnamese(() => Every_column_type_comes_back_as_it_went_in(kind, values));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 2)]
    [InlineData(9, 9)]
    [InlineData(14, 2)]
    [InlineData(18, 4)]
    [InlineData(19, 0)]
    [InlineData(38, 10)]
    [InlineData(38, 38)]
    public void Decimals_of_every_width_keep_sign_and_ends(int precision, int scale)
    {
        var most = precision == 38 ? Nines38 : Int128.Parse(new string('9', precision), System.Globalization.CultureInfo.InvariantCulture);
        object?[] values = [new DecimalValue(0, scale), new DecimalValue(most, scale), new DecimalValue(-most, scale), new DecimalValue(-1, scale), null];

        Write(new ColumnType(ColumnKind.Decimal, precision, scale), values);

        Assert.Equal(values, Read());
        using var connection = _engine.Connect();

        // DuckDB leaves out the zero before the point where no digit may stand there.
        Assert.Equal(
            values.Select(value => precision == scale ? value?.ToString()!.Replace("0.", ".", StringComparison.Ordinal) : value?.ToString()),
            connection.Rows(EngineFixture.Sql("SELECT v::VARCHAR FROM t ORDER BY i")).Select(row => row[0]?.ToString()));
        Assert.Equal(most.ToString(System.Globalization.CultureInfo.InvariantCulture), new DecimalValue(most, 0).ToString());
    }

    [Fact]
    public void Lists_of_any_length_cross_chunks_files_and_filters()
    {
        // The same value often (stored as a constant or in a dictionary), long lists, empty ones, none, and texts longer than their vector holds.
        object?[] List(int i) => (i % 5) switch
        {
            0 => [.. Enumerable.Range(0, i % 40).Select(n => (object?)$"value number {n} of a list")],
            1 => [],
            2 => ["0012"],
            _ => ["same", "same"],
        };
        using var folder = new TestFolder();
        using (var file = DuckDbEngine.File(folder["lists.duckdb"], EngineFixture.Options, readOnly: false))
        {
            file.Run("CREATE TABLE t (i BIGINT, l VARCHAR[], n BIGINT[])");
            using var connection = file.Connect();
            using (var appender = new ChunkAppender(connection, "t"))
            {
                for (var i = 0; i < 10_000; i++)
                {
                    appender.Column(0).SetInt64(appender.Row, i);
                    var values = List(i);
                    appender.Column(1).SetList(appender.Row, values.Length, out var texts, out var first);
                    appender.Column(2).SetList(appender.Row, values.Length, out var numbers, out var from);
                    for (var n = 0; n < values.Length; n++)
                    {
                        texts.SetUtf8(first + n, Encoding.UTF8.GetBytes((string)values[n]!)); // set above
                        numbers.SetInt64(from + n, 7);
                    }

                    if (i % 11 == 0)
                    {
                        appender.Column(1).SetNull(appender.Row);
                    }

                    appender.NextRow();
                }

                appender.Complete();
            }

            connection.Execute(EngineFixture.Sql("CHECKPOINT"));
        }

        using var stored = DuckDbEngine.File(folder["lists.duckdb"], EngineFixture.Options, readOnly: true);
        using var reading = stored.Connect();
        foreach (var (sql, step) in new[] { ("SELECT * FROM t", 1), ("SELECT * FROM t WHERE i % 3 = 0", 3), ("SELECT * FROM t ORDER BY i", 1) })
        {
            var rows = reading.Rows(EngineFixture.Sql(sql));
            Assert.Equal((10_000 + step - 1) / step, rows.Count);
            for (var at = 0; at < rows.Count; at++)
            {
                var i = at * step;
                Assert.Equal([(long)i, i % 11 == 0 ? null : List(i), List(i).Select(_ => (object?)7L).ToArray()], rows[at]);
            }
        }
    }

    [Fact]
    public void Ado_reads_what_the_appender_wrote()
    {
        _engine.Run("CREATE TABLE t (b BOOLEAN, i BIGINT, d DECIMAL(14,2), f DOUBLE, s VARCHAR, y DATE, c TIME, t TIMESTAMP, u UUID)");
        var id = Guid.Parse("12345678-9abc-def0-1234-56789abcdef0");
        using var connection = _engine.Connect();
        using (var appender = new ChunkAppender(connection, "t"))
        {
            appender.Column(0).SetBool(0, true);
            appender.Column(1).SetInt64(0, -7);
            appender.Column(2).SetDecimal(0, -12345);
            appender.Column(3).SetDouble(0, 0.1);
            appender.Column(4).SetUtf8(0, "Đồng Hỷ và các xã"u8);
            appender.Column(5).SetInt32(0, EngineTime.Days(new DateOnly(2024, 2, 29)));
            appender.Column(6).SetInt64(0, EngineTime.Micros(new TimeOnly(23, 59, 59)));
            appender.Column(7).SetInt64(0, EngineTime.Micros(new DateTime(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc)));
            appender.Column(8).SetGuid(0, id);
            appender.NextRow();
            for (var column = 0; column < appender.ColumnCount; column++)
            {
                appender.Column(column).SetNull(1);
            }

            appender.NextRow();
            appender.Complete();
        }

        using var command = connection.Ado.CreateCommand();
        command.CommandText = "SELECT * FROM t";
        using var reader = command.ExecuteReader();
        reader.Read();
        object[] first = new object[9];
        reader.GetValues(first);
        Assert.Equal(
            [true, -7L, -123.45m, 0.1, "Đồng Hỷ và các xã", new DateOnly(2024, 2, 29), new TimeOnly(23, 59, 59), new DateTime(2026, 7, 1), id],
            first);
        reader.Read();
        Assert.All(Enumerable.Range(0, 9), column => Assert.True(reader.IsDBNull(column)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(4096)]
    [InlineData(1 << 20)]
    public void Text_of_any_length_is_kept_byte_for_byte(int length)
    {
        var text = string.Concat(Enumerable.Range(0, length).Select(index => (char)('a' + (index % 26))));
        Write(new ColumnType(ColumnKind.Text), [text, null, text]);
        Assert.Equal([text, null, text], Read());
    }

    [Fact]
    public void Ten_thousand_rows_cross_chunks_in_order()
    {
        _engine.Run("CREATE TABLE t (i BIGINT, s VARCHAR)");
        using (var connection = _engine.Connect())
        using (var appender = new ChunkAppender(connection, "t"))
        {
            for (var index = 0; index < 10_000; index++)
            {
                appender.Column(0).SetInt64(appender.Row, index);
                if (index % 3 == 0)
                {
                    appender.Column(1).SetNull(appender.Row);
                }
                else
                {
                    appender.Column(1).SetUtf8(appender.Row, Encoding.UTF8.GetBytes($"row number {index}"));
                }

                appender.NextRow();
            }

            appender.Complete();
            Assert.Equal(10_000, appender.RowCount);
        }

        using var reading = _engine.Connect();
        using var reader = reading.Stream(EngineFixture.Sql("SELECT * FROM t"), CancellationToken.None);
        var expected = 0L;
        while (reader.Read(out var chunk))
        {
            foreach (var value in chunk[0].Values<long>())
            {
                Assert.Equal(expected, value);
                expected++;
            }

            for (var row = 0; row < chunk.RowCount; row++)
            {
                var index = chunk[0].Int64At(row);
                Assert.Equal(index % 3 == 0, chunk[1].IsNull(row));
                Assert.True(index % 3 == 0 || chunk[1].Utf8(row).SequenceEqual(Encoding.UTF8.GetBytes($"row number {index}")));
            }
        }

        Assert.Equal(10_000, expected);
    }

    [Fact]
    public void Any_table_comes_back_from_appender_and_reader()
    {
        _engine.Run("CREATE TABLE p (i BIGINT, d DECIMAL(18,3), f DOUBLE, s VARCHAR, u UUID)");
        var row =
            from number in Gen.Choose(int.MinValue, int.MaxValue).Select(value => (long)value << 20)
            from cents in Gen.Choose(-1_000_000, 1_000_000)
            from text in ArbMap.Default.GeneratorFor<NonNull<string>>()
            from id in ArbMap.Default.GeneratorFor<Guid>()
            from missing in Gen.Choose(0, 31)
            select (number, cents, text: Valid(text.Get), id, missing);
        var table = row.ListOf().ToArbitrary();

        Prop.ForAll(table, rows =>
        {
            _engine.Run("DELETE FROM p");
            using var connection = _engine.Connect();
            using (var appender = new ChunkAppender(connection, "p"))
            {
                foreach (var (number, cents, text, id, missing) in rows)
                {
                    appender.Column(0).SetInt64(appender.Row, number);
                    appender.Column(1).SetDecimal(appender.Row, cents);
                    appender.Column(2).SetDouble(appender.Row, cents / 7.0);
                    appender.Column(3).SetUtf8(appender.Row, Encoding.UTF8.GetBytes(text));
                    appender.Column(4).SetGuid(appender.Row, id);
                    for (var column = 0; column < 5; column++)
                    {
                        if ((missing & (1 << column)) != 0)
                        {
                            appender.Column(column).SetNull(appender.Row);
                        }
                    }

                    appender.NextRow();
                }

                appender.Complete();
            }

            object?[][] expected =
            [
                .. rows.Select(r => new object?[] { r.number, new DecimalValue(r.cents, 3), r.cents / 7.0, r.text, r.id }
                    .Select((value, column) => (r.missing & (1 << column)) != 0 ? null : value).ToArray()),
            ];
            Assert.Equal(expected, connection.Rows(EngineFixture.Sql("SELECT * FROM p")));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Bound_values_equal_the_stored_ones()
    {
        _engine.Run("CREATE TABLE t (b BOOLEAN, i BIGINT, d DECIMAL(38,4), f DOUBLE, s VARCHAR, y DATE, c TIME, t TIMESTAMP, u UUID, x BLOB)");
        object[] values =
        [
            true, -5L, new DecimalValue(Nines38, 4), 0.1, "a\0ệ", new DateOnly(1, 1, 1), new TimeOnly(1, 2, 3, 4, 5),
            new DateTime(9999, 12, 31, 23, 59, 59, DateTimeKind.Utc), Guid.Parse("80000000-0000-0000-0000-0000000000ff"), new byte[] { 0, 1, 255 },
        ];
        using var connection = _engine.Connect();

        Assert.Equal(1, connection.Execute(EngineFixture.Sql("INSERT INTO t VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", values)));

        Assert.Equal(1, connection.ReadInt64(
            EngineFixture.Sql("SELECT count(*) FROM t WHERE b = $1 AND i = $2 AND d = $3 AND f = $4 AND s = $5 AND y = $6 AND c = $7 AND t = $8 AND u = $9 AND x = $10", values),
            CancellationToken.None));
        Assert.Equal(1, connection.ReadInt64(EngineFixture.Sql("SELECT count(*) FROM t WHERE $1 IS NULL", [null]), CancellationToken.None));
        Assert.Equal("a\0ệ", connection.Rows(EngineFixture.Sql("SELECT s FROM t"))[0][0]);
        Assert.Equal(Guid.Parse("80000000-0000-0000-0000-0000000000ff"), connection.Rows(EngineFixture.Sql("SELECT u FROM t"))[0][0]);
    }

    [Theory]
    [InlineData("1.50")]
    [InlineData("-0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("-79228162514264337593543950335")]
    [InlineData("0.05")]
    public void A_clr_decimal_binds_with_its_scale(string text)
    {
        var number = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        using var connection = _engine.Connect();
        var read = (DecimalValue)connection.Rows(EngineFixture.Sql("SELECT $1", number))[0][0]!;

        Assert.Equal(text, read.ToString());
        Assert.Equal(DecimalValue.From(number), read);
    }

    [Fact]
    public void Values_outside_the_closed_set_are_refused()
    {
        using var connection = _engine.Connect();
        Assert.Throws<ArgumentException>(() => connection.Execute(EngineFixture.Sql("SELECT $1", new Uri("http://a/"))));
        Assert.Throws<ArgumentException>(() => connection.Execute(EngineFixture.Sql("SELECT $1", DateTime.SpecifyKind(default, DateTimeKind.Local))));
        Assert.Throws<ArgumentException>(() => connection.Execute(EngineFixture.Sql("SELECT $1")));
        Assert.ThrowsAny<ArgumentException>(() => connection.Execute(EngineFixture.Sql("SELECT $1", "\ud800")));
    }

    [Fact]
    public void Setters_refuse_what_does_not_fit()
    {
        _engine.Run("CREATE TABLE t (d DECIMAL(4,2), s VARCHAR, l BIGINT[])");
        using var connection = _engine.Connect();
        using var appender = new ChunkAppender(connection, "t");

        Assert.Throws<OverflowException>(() => appender.Column(0).SetDecimal(0, 10_000));
        Assert.Throws<InvalidOperationException>(() => appender.Column(0).SetInt64(0, 1));
        Assert.Throws<InvalidOperationException>(() => appender.Column(1).SetBlob(0, [1]));
        Assert.Throws<ArgumentException>(() => appender.Column(1).SetUtf8(0, [0xC3, 0x28]));
        Assert.Throws<ArgumentOutOfRangeException>(() => appender.Column(1).SetUtf8(ChunkAppender.ChunkRows, "x"u8));
        Assert.Throws<InvalidOperationException>(() => appender.Column(1).SetList(0, 1, out _, out _));
        appender.Column(2).SetList(0, 1, out var items, out var first);
        Assert.Throws<ArgumentOutOfRangeException>(() => items.SetInt64(first + 1, 1));
    }

    [Fact]
    public void Unset_cells_are_empty_even_after_a_full_chunk_of_text()
    {
        _engine.Run("CREATE TABLE t (i BIGINT, s VARCHAR)");
        using var connection = _engine.Connect();
        using (var appender = new ChunkAppender(connection, "t"))
        {
            for (var index = 0; index < 2 * ChunkAppender.ChunkRows; index++)
            {
                if (index < ChunkAppender.ChunkRows)
                {
                    appender.Column(1).SetUtf8(appender.Row, "a text longer than twelve bytes"u8);
                }

                appender.NextRow();
            }

            appender.Complete();
        }

        Assert.Equal(ChunkAppender.ChunkRows, _engine.Count("SELECT count(*) FROM t WHERE s = '' AND i = 0"));
    }

    [Fact]
    public void An_appender_that_is_not_completed_leaves_its_last_rows_out()
    {
        _engine.Run("CREATE TABLE t (i BIGINT)");
        using (var connection = _engine.Connect())
        using (var appender = new ChunkAppender(connection, "t"))
        {
            appender.NextRow();
        }

        Assert.Equal(0, _engine.Count("SELECT count(*) FROM t"));
    }

    [Fact]
    public void A_refused_row_fails_the_load()
    {
        _engine.Run("CREATE TABLE t (i BIGINT NOT NULL)");
        using var connection = _engine.Connect();
        using var appender = new ChunkAppender(connection, "t");
        appender.Column(0).SetNull(0);
        appender.NextRow();

        var refused = Assert.Throws<Catalogs.Errors.OpenDataException>(appender.Complete);

        Assert.Equal(EngineErrors.QueryFailed, refused.Code);
        Assert.Contains("NOT NULL", Assert.IsType<EngineException>(refused.InnerException).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_table_is_said_when_the_appender_opens()
    {
        using var connection = _engine.Connect();
        Assert.Throws<Catalogs.Errors.OpenDataException>(() => new ChunkAppender(connection, "missing"));
        Assert.Equal(1, connection.ReadInt64(EngineFixture.Sql("SELECT 1"), CancellationToken.None));
    }

    [Fact]
    public void Sums_of_whole_numbers_are_read_at_full_width()
    {
        using var connection = _engine.Connect();
        var row = connection.Rows(EngineFixture.Sql("SELECT sum(i), count(*), avg(i), NULL FROM (VALUES (9223372036854775807), (9223372036854775807)) t(i)"))[0];
        Assert.Equal([(Int128)long.MaxValue * 2, 2L, (double)long.MaxValue, null], row);
    }

    public void Dispose() => _engine.Dispose();

    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private void Write(ColumnType type, object?[] values)
    {
        _engine.Run($"CREATE OR REPLACE TABLE t (i BIGINT, v {DuckDbTypes.SqlOf(type)})");
        using var connection = _engine.Connect();
        using var appender = new ChunkAppender(connection, "t");
        Assert.Equal(DuckDbTypes.PhysicalOf(type), appender.Column(1).Kind);
        foreach (var value in values)
        {
            appender.Column(0).SetInt64(appender.Row, appender.Row);
            Set(appender.Column(1), appender.Row, value);
            appender.NextRow();
        }

        appender.Complete();
    }

    private static void Set(ChunkColumn column, int row, object? value)
    {
        switch (value)
        {
            case null: column.SetNull(row); break;
            case bool flag: column.SetBool(row, flag); break;
            case long days when column.Kind == PhysicalKind.Date: column.SetInt32(row, (int)days); break;
            case long number: column.SetInt64(row, number); break;
            case double number: column.SetDouble(row, number); break;
            case DecimalValue number: column.SetDecimal(row, number.Unscaled); break;
            case string hex when column.Kind == PhysicalKind.Blob: column.SetBlob(row, Convert.FromHexString(hex)); break;
            case string text: column.SetUtf8(row, Encoding.UTF8.GetBytes(text)); break;
            case Guid id: column.SetGuid(row, id); break;
            default: throw new InvalidOperationException(value.GetType().Name);
        }
    }

    private object?[] Read()
    {
        using var connection = _engine.Connect();
        return [.. connection.Rows(EngineFixture.Sql("SELECT v FROM t ORDER BY i")).Select(row => row[0])];
    }
}
