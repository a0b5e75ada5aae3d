using System.Numerics;
using Dapper;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace OpenData.Warehouse.Tests.Engine;

/// <summary>Holds the layout of every struct that crosses the border: a wrong one shows as a wrong value.</summary>
public sealed class BindingsTests : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:;threads=1");

    public BindingsTests() => _connection.Open();

    public static TheoryData<string, object> Literals => new()
    {
        { "true", true },
        { "'-128'::TINYINT", sbyte.MinValue },
        { "'-32768'::SMALLINT", short.MinValue },
        { "'-2147483648'::INTEGER", int.MinValue },
        { "'-9223372036854775808'::BIGINT", long.MinValue },
        { "255::UTINYINT", byte.MaxValue },
        { "65535::USMALLINT", ushort.MaxValue },
        { "4294967295::UINTEGER", uint.MaxValue },
        { "18446744073709551615::UBIGINT", ulong.MaxValue },
        { "'170141183460469231731687303715884105727'::HUGEINT", BigInteger.Pow(2, 127) - 1 },
        { "'-170141183460469231731687303715884105728'::HUGEINT", -BigInteger.Pow(2, 127) },
        { "'340282366920938463463374607431768211455'::UHUGEINT", BigInteger.Pow(2, 128) - 1 },
        { "-1.5::FLOAT", -1.5f },
        { "-1.5::DOUBLE", -1.5 },
        { "-12.5::DECIMAL(3,1)", -12.5m },
        { "-1234567.25::DECIMAL(9,2)", -1234567.25m },
        { "-123456789012345.125::DECIMAL(18,3)", -123456789012345.125m },
        { "-1234567890123456789012345.678::DECIMAL(38,3)", -1234567890123456789012345.678m },
        { "'twelve bytes'", "twelve bytes" },
        { "'thirteen byte'", "thirteen byte" },
        { "'Thái Nguyên, Việt Nam'", "Thái Nguyên, Việt Nam" },
        { "DATE '0001-01-01'", DateOnly.MinValue },
        { "DATE '9999-12-31'", DateOnly.MaxValue },
        { "TIME '23:59:59.999999'", new TimeOnly(23, 59, 59, 999, 999) },
        { "TIMESTAMP '1969-12-31 23:59:59.999999'", new DateTime(1969, 12, 31, 23, 59, 59, 999, 999, DateTimeKind.Unspecified) },
        { "INTERVAL '2 days 3 microseconds'", TimeSpan.FromDays(2) + TimeSpan.FromMicroseconds(3) },
        { "INTERVAL '-3 microseconds'", TimeSpan.FromMicroseconds(-3) },
        { "UUID '00112233-4455-6677-8899-aabbccddeeff'", Guid.Parse("00112233-4455-6677-8899-aabbccddeeff") },
        { "'x'::ENUM('y', 'x')", "x" },
    };

    [Fact]
    public void The_library_is_the_one_that_the_bindings_were_written_for()
    {
        Assert.Equal("v1.5.6", NativeMethods.Startup.DuckDBLibraryVersion());
        Assert.Equal(2048UL, NativeMethods.Helpers.DuckDBVectorSize());
        Assert.True(NativeMethods.Configuration.DuckDBConfigCount() > 100);
        Assert.Equal(DuckDBState.Success, NativeMethods.Configuration.DuckDBGetConfigFlag(0, out var name, out var description));
        Assert.NotEmpty(name);
        Assert.NotEmpty(description);
    }

    [Theory]
    [MemberData(nameof(Literals))]
    public void A_literal_reads_as_its_clr_value(string literal, object expected)
        => Assert.Equal(expected, Read("SELECT " + literal));

    [Theory]
    [MemberData(nameof(Literals))]
    public void A_clr_value_binds_as_itself(string literal, object expected)
    {
        _connection.Execute("CREATE OR REPLACE TABLE t AS SELECT " + literal + " AS v");
        Assert.Equal(1L, _connection.ExecuteScalar<long>("SELECT count(*) FROM t WHERE v = $value", new { value = expected }));
    }

    [Fact]
    public void Lists_structs_maps_and_blobs_are_read()
    {
        Assert.Equal([1, 2], (List<int>)Read("SELECT [1, 2]"));
        Assert.Equal(1, ((Dictionary<string, object?>)Read("SELECT {'a': 1}"))["a"]);
        Assert.Equal(1, ((Dictionary<string, int>)Read("SELECT MAP {'a': 1}"))["a"]);
        Assert.Equal(3, ((Stream)Read("SELECT 'abc'::BLOB")).Length);
    }

    [Fact]
    public void Infinite_dates_survive()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT 'infinity'::DATE, '-infinity'::DATE";
        using var reader = command.ExecuteReader();
        reader.Read();

        Assert.Equal(DuckDBDateOnly.PositiveInfinity, reader.GetFieldValue<DuckDBDateOnly>(0));
        Assert.Equal(DuckDBDateOnly.NegativeInfinity, reader.GetFieldValue<DuckDBDateOnly>(1));
    }

    [Fact]
    public void Lists_and_null_bind()
    {
        // Not through Dapper: it would spread the list over three parameters.
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT list_sum($v)::BIGINT";
        command.Parameters.Add(new DuckDBParameter("v", new List<long> { 1, 2, 3 }));
        Assert.Equal(6L, command.ExecuteScalar());
        Assert.True(_connection.ExecuteScalar<bool>("SELECT $v IS NULL", new { v = (string?)null }));
    }

    [Fact]
    public void A_failed_statement_keeps_its_kind_and_text()
    {
        var parser = Assert.Throws<DuckDBException>(() => _connection.Execute("SELEC 1"));
        var conversion = Assert.Throws<DuckDBException>(
            () => _connection.Execute("SELECT 1; SELECT CAST(i || 'x' AS INTEGER) FROM range(1) t(i)"));

        Assert.Contains("syntax error", parser.Message, StringComparison.Ordinal);
        Assert.Equal(DuckDBErrorType.Conversion, conversion.ErrorType);
    }

    [Fact]
    public void The_ado_appender_writes_rows_nulls_and_defaults()
    {
        _connection.Execute("CREATE TABLE t (a INTEGER, b VARCHAR DEFAULT 'd', c DECIMAL(10, 2))");
        using (var appender = _connection.CreateAppender("t"))
        {
            appender.CreateRow().AppendValue(1).AppendValue("x").AppendValue(1.25m).EndRow();
            appender.CreateRow().AppendNullValue().AppendDefault().AppendNullValue().EndRow();
        }

        Assert.Equal([(1, "x", 1.25m), (null, "d", null)], _connection.Query<(int?, string, decimal?)>("SELECT * FROM t"));
    }

    [Fact]
    public void Functions_written_in_dotnet_run_inside_queries()
    {
        _connection.RegisterScalarFunction<long, long>("next", value => value + 1);
        Assert.Equal(500_500L, _connection.ExecuteScalar<long>("SELECT sum(next(i))::BIGINT FROM range(1000) t(i)"));
    }

    public void Dispose() => _connection.Dispose();

    private object Read(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        return reader.GetValue(0);
    }
}
