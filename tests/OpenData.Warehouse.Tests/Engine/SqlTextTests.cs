using FsCheck;
using FsCheck.Fluent;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Tests.Engine;

public sealed class SqlTextTests : IDisposable
{
    private readonly DuckDbEngine _engine = DuckDbEngine.InMemory(EngineFixture.Options);

    [Fact]
    public void Names_are_quoted_values_are_numbered_and_stay_out_of_the_text()
    {
        var sql = new SqlBuilder().Append("SELECT ").Name("a \"b\"").Append(" FROM t WHERE x = ").Value("'; DROP TABLE t")
            .Append(" LIMIT ").Number(5).Append(" OFFSET ").Value(7L).ToSql();

        Assert.Equal("SELECT \"a \"\"b\"\"\" FROM t WHERE x = $1 LIMIT 5 OFFSET $2", sql.Text);
        Assert.Equal(["'; DROP TABLE t", 7L], sql.Values);
    }

    [Fact]
    public void Interpolated_text_does_not_compile()
    {
        var method = typeof(SqlBuilder).GetMethod(nameof(SqlBuilder.Append), [typeof(InterpolatedSql)])!;
        Assert.True(((ObsoleteAttribute)Attribute.GetCustomAttribute(method, typeof(ObsoleteAttribute))!).IsError);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Empty_names_and_names_with_nul_are_refused(string name)
        => Assert.Throws<ArgumentException>(() => SqlName.Quote(name));

    [Fact]
    public void Any_name_and_any_text_come_back_from_the_engine_as_they_were()
    {
        using var connection = _engine.Connect();
        Prop.ForAll<NonEmptyString, NonNull<string>>((name, text) =>
        {
            var column = Printable(name.Get) is { Length: > 0 } printable ? printable : "x";
            var value = Printable(text.Get);
            var sql = new SqlBuilder().Append("SELECT ").Value(value).Append(" AS ").Name(column).Append(", ").Literal(value).ToSql();
            using var reader = connection.Stream(sql, CancellationToken.None);
            Assert.Equal(column, reader.Columns[0].Name);
            Assert.True(reader.Read(out var chunk));
            Assert.Equal(System.Text.Encoding.UTF8.GetBytes(value), chunk[0].Utf8(0).ToArray());
            Assert.Equal(System.Text.Encoding.UTF8.GetBytes(value), chunk[1].Utf8(0).ToArray());
            reader.Drain();
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void A_query_within_a_query_keeps_its_values_and_comes_before_any_other()
    {
        var inner = new SqlBuilder().Append("SELECT ").Value("a'b").Append(" AS x, ").Value(7L).Append(" AS y").ToSql();
        var outer = new SqlBuilder().Append("SELECT x, y, ").Number(1).Append(" FROM (").Query(inner).Append(") WHERE y = ").Value(7L).ToSql();
        using var connection = _engine.Connect();

        Assert.Equal("a'b", connection.Rows(outer).Single()[0]);
        Assert.Throws<InvalidOperationException>(() => new SqlBuilder().Value(1L).Query(inner));
    }

    public void Dispose() => _engine.Dispose();

    // NUL is refused by Quote and lone surrogates are no text.
    private static string Printable(string text)
        => string.Concat(text.Where(letter => letter != '\0' && !char.IsSurrogate(letter)));
}
