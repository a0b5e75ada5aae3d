using OpenData.Warehouse.Derivation;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Tests.Publishing;
using OpenData.Warehouse.Validation;

namespace OpenData.Warehouse.Tests.Derivation;

public sealed class WallTimeTests
{
    [Fact]
    public void Viet_Nam_has_kept_one_offset_and_Berlin_has_not()
    {
        Assert.Equal(7 * 3600, WallTimeSql.SteadySeconds("Asia/Ho_Chi_Minh"));
        Assert.Equal(0, WallTimeSql.SteadySeconds("UTC"));
        Assert.Null(WallTimeSql.SteadySeconds("Europe/Berlin"));
        Assert.Null(WallTimeSql.SteadySeconds("Nowhere/At_All"));
    }

    [Theory]
    [InlineData("Asia/Ho_Chi_Minh")]
    [InlineData("Asia/Seoul")]
    [InlineData("Europe/Moscow")]
    [InlineData("Europe/Berlin")]
    [InlineData("UTC")]
    public void Wall_time_is_what_the_time_zone_library_says_and_leads_back(string zone)
    {
        var contract = PublishingBench.Contract(PublishingBench.Yaml(
            $$"""
            name: id, type: code, required: true, title: { vi: Mã, en: Id }
            name: at, type: timestamp, time_zone: {{zone}}, title: { vi: Lúc, en: At }
            """));
        var column = contract.Column("at")!;
        var wall = new SqlBuilder().Append("CREATE TABLE walls AS SELECT instant, timezone(").Literal(zone)
            .Append(", timezone('UTC', instant)) AS said, ");
        WallTimeSql.Column(wall, column, contract)
            .Append(" FROM (SELECT instant, instant AS \"at\" FROM range(TIMESTAMP '1940-01-01', TIMESTAMP '2045-01-01', INTERVAL 7 HOURS) t(instant))");
        var back = new SqlBuilder().Append("SELECT count(*) FROM walls WHERE said IS DISTINCT FROM \"at\" OR (year(\"at\") > 1980 AND ");
        WallTimeSql.ToUtc(back, column, contract).Append(" IS DISTINCT FROM timezone('UTC', timezone(").Literal(zone).Append(", \"at\")))");

        using var engine = DuckDbEngine.InMemory(PublishingBench.Engine);
        using var connection = engine.Connect();
        connection.Execute(wall.ToSql());

        Assert.Equal(0, connection.Count(back.ToSql(), CancellationToken.None));
    }
}
