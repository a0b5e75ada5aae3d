using System.Text;
using OpenData.Catalogs;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Staging;

namespace OpenData.Warehouse.Tests.Staging;

public sealed class JsonStagingTests
{
    private static readonly ColumnContract[] Columns =
    [
        Stage.Column("id", ColumnKind.Code) with { From = "maHoSo", Required = true },
        Stage.Column("unit") with { From = "donVi.ten" },
        Stage.Decimal("fee", 20, 2) with { From = "lePhi" },
    ];

    private static DatasetContract Paged => Stage.Contract(new SourceBinding("http_json") { Records = "$.data.items" }, Columns);

    [Fact]
    public void Pages_after_one_another_are_one_input_and_numbers_stay_exact()
    {
        using var stage = new Stage();
        var page = """{"total":2,"data":{"next":null,"items":[{"maHoSo":"001","donVi":{"ten":"A","x":[1,{"y":2}]},"lePhi":12345678901234567.89}]}}""";
        var table = stage.Load(Paged, page + "\n" + page.Replace("001", "002", StringComparison.Ordinal));
        Assert.Equal(2, table.Received);
        Assert.Equal(["001", "A", "12345678901234567.89"], Stage.Rows(table)[0]);
        Assert.Equal(["donVi.x"], table.NewColumns);
    }

    [Theory]
    [InlineData("odata", "donVi.more")]
    [InlineData("http_json", "@odata.id,donVi.@odata.type,donVi.more,lePhi@odata.type")]
    public void Annotations_are_no_columns_of_an_odata_service(string kind, string newColumns)
    {
        using var stage = new Stage();
        var table = stage.Load(
            Stage.Contract(new SourceBinding(kind) { Records = "$.value" }, Columns),
            """{"@odata.context":"x","value":[{"@odata.id":"y","maHoSo":"001","donVi":{"@odata.type":"z","ten":"A","more":1},"lePhi@odata.type":"#Decimal","lePhi":1.50}],"@odata.nextLink":"n"}""");
        Assert.Equal(["001", "A", "1.50"], Stage.Rows(table)[0]);
        Assert.Equal(newColumns.Split(','), table.NewColumns);
    }

    [Fact]
    public void Lists_are_read_value_by_value_and_one_bad_value_refuses_the_record()
    {
        using var stage = new Stage();
        var list = Stage.Column("tags") with { Type = new ColumnType(ColumnKind.List, Item: new ColumnType(ColumnKind.Code)) };
        var table = stage.Load(
            Stage.Contract("http_json", list), """[{"tags":["0012","\u0110 \"x\""]},{"tags":[]},{"tags":null},{},{"tags":[7]},{"tags":"a"},{"tags":["\ud800"]},{"tags":{"a":1}}]""");
        Assert.Equal(["[0012, 'Đ \"x\"']", "[]", null, null], Stage.Rows(table).Select(r => r[0]));
        Assert.Equal(["code_as_number", "type", "type", "type"], Stage.Rules(table));
        Assert.Equal(["5", "tags", "code_as_number", "[7]"], Stage.Quarantine(table)[0]);
        Assert.Equal(8, table.Counted);
    }

    [Fact]
    public void Escapes_missing_properties_and_nulls_are_read()
    {
        using var stage = new Stage();
        var table = stage.Load(
            Paged, """{"data":{"items":[{"lePhi":null,"maHoSo":"\u0030\u0031","donVi":{"ten":"a\n\u0110\"b"}},{"maHoSo":"2"},{"donVi":null,"maHoSo":"3","lePhi":"4.50"}]}}""");
        Assert.Equal(["01", "a\nĐ\"b", null], Stage.Rows(table)[0]);
        Assert.Equal(["2", null, null], Stage.Rows(table)[1]);
        Assert.Equal(["3", null, "4.50"], Stage.Rows(table)[2]);
    }

    [Fact]
    public void Records_that_are_no_objects_repeat_a_key_or_lack_a_value_go_to_quarantine()
    {
        using var stage = new Stage();
        var table = stage.Load(
            Paged,
            """{"data":{"items":[5,[1],{"maHoSo":"1","maHoSo":"2"},{"donVi":{"ten":"x"},"lePhi":1},{"maHoSo":7},{"maHoSo":"8","lePhi":1.005},{"maHoSo":"\ud800"},{"maHoSo":{"a":1}}]}}""");
        Assert.Equal(
            ["not_an_object", "not_an_object", "duplicate_key", "required", "code_as_number", "scale", "malformed_json", "type"],
            Stage.Rules(table));
        Assert.Equal(8, table.Counted);
    }

    [Fact]
    public void Broken_documents_have_names()
    {
        using var stage = new Stage();
        Assert.Equal("OD2101", stage.Fails(Paged, ""));
        Assert.Equal("OD2102", stage.Fails(Paged, "<html></html>"));
        Assert.Equal("OD2108", stage.Fails(Paged, """{"data":{"items":[{"maHoSo":"1"},{"maHo"""));
        Assert.Equal("OD2108", stage.Fails(Paged, """{"data":{"items":[{"maHoSo":"1"}]"""));
        Assert.Equal("OD2111", stage.Fails(Paged, """{"data":{"items":[{"maHoSo":"1",}]}}"""));
        Assert.Equal("OD2111", stage.Fails(Paged, "{'data':1}"));
        Assert.Equal("OD2112", stage.Fails(Paged, """{"error":"denied"}"""));
        Assert.Equal("OD2112", stage.Fails(Paged, """{"data":{"items":{"maHoSo":"1"}}}"""));
        Assert.Equal("OD2112", stage.Fails(Paged, "[]"));
        Assert.Equal("OD2105", stage.Fails(Paged, """{"data":{"items":[{"maHoSo":"1","donVi":{"ten":"x"},"phi":1}]}}"""));
        Assert.Equal("OD2103", stage.Fails(Paged, [.. Encoding.UTF8.GetBytes("{\"data\":{\"items\":[{\"maHoSo\":\""), 0xFF, (byte)'"']));
    }

    [Fact]
    public void A_body_that_is_the_list_needs_no_path()
    {
        using var stage = new Stage();
        var contract = Stage.Contract("http_json", Stage.Column("a", ColumnKind.Integer));
        Assert.Equal(3, stage.Load(contract, """[{"a":1},{"a":2}][{"a":3}]""").Rows);
        Assert.Equal(0, stage.Load(contract, "[]").Received);
    }

    [Fact]
    public void A_record_larger_than_the_buffer_is_read_whole()
    {
        using var stage = new Stage();
        var contract = Stage.Contract("http_json", Stage.Column("a"), Stage.Column("b"));
        var text = new string('x', 900_000);
        var table = stage.Load(contract, $$"""[{"a":"1","b":"{{text}}"},{"a":"2","b":"{{text}}"}]""");
        Assert.Equal(text, Stage.Rows(table)[1][1]);
    }

    [Fact]
    public void Lines_are_records_and_a_malformed_line_is_refused_alone()
    {
        using var stage = new Stage();
        var contract = Stage.Contract("ndjson", Stage.Column("a", ColumnKind.Integer), Stage.Column("b"));
        var table = stage.Load(contract, "{\"a\":1,\"b\":\"x\"}\r\n\n{\"a\":2,\"b\":}\n{\"a\":3}{\"a\":4}\n[5]\n  \n{\"a\":6,\"b\":\"y\"}");
        Assert.Equal(5, table.Received);
        Assert.Equal(["malformed_json", "malformed_json", "not_an_object"], Stage.Rules(table));
        Assert.Equal(["6", "y"], Stage.Rows(table)[1]);
        Assert.Equal("OD2108", stage.Fails(contract, "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y"));
    }

    [Fact]
    public void Features_give_geometry_and_properties()
    {
        using var stage = new Stage();
        var point = new ColumnContract("place", new ColumnType(ColumnKind.Geometry, Geometry: GeometryKind.Point), new LocalText("p", "p"));
        var contract = Stage.Contract(
            "geojson", Stage.Column("fid", ColumnKind.Code) with { From = "feature.id" }, Stage.Column("species") with { From = "loai" }, point);
        var table = stage.Load(
            contract,
            """
            {"type":"FeatureCollection","name":"trees","features":[
            {"type":"Feature","id":"t1","geometry":{"type":"Point","coordinates":[105.84,21.59,12]},"properties":{"loai":"Bàng"}},
            {"type":"Feature","id":"t2","geometry":{"type":"Point","coordinates":[105.84,91]},"properties":{"loai":"Xà cừ"}},
            {"type":"Feature","id":"t3","geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]},"properties":{"loai":"Sấu"}},
            {"type":"Feature","id":"t4","geometry":null,"properties":{"loai":"Lim"}}]}
            """);
        Assert.Equal(4, table.Counted);
        Assert.Equal(["coordinates", "geometry_kind"], Stage.Rules(table));
        Assert.Equal(["t1", "Bàng"], Stage.Rows(table)[0].Take(2));
        Assert.Equal(new WkbBounds(105.84, 21.59, 105.84, 21.59), Box(table, "place"));
        Assert.Equal(["t4", "Lim", null], Stage.Rows(table)[1]);
        Assert.Equal("OD2112", stage.Fails(contract, """{"type":"Topology","features":[]}"""));
    }

    [Fact]
    public void Polygons_close_and_keep_their_bounds()
    {
        using var stage = new Stage();
        var area = new ColumnContract("g", new ColumnType(ColumnKind.Geometry, Geometry: GeometryKind.Polygon), new LocalText("g", "g"));
        var contract = Stage.Contract("geojson", area, Stage.Column("a"));
        static string Feature(string rings)
            => $$$"""{"type":"Feature","geometry":{"coordinates":{{{rings}}},"type":"Polygon"},"properties":{"a":"x"}}""";
        var table = stage.Load(
            contract,
            $$"""{"features":[{{Feature("[[[0,0],[4,0],[4,3],[0,0]]]")}},{{Feature("[[[0,0],[4,0],[4,3],[0,1]]]")}},{{Feature("[]")}}],"type":"FeatureCollection"}""");
        Assert.Equal(["type", "type"], Stage.Rules(table));
        Assert.Equal(new WkbBounds(0, 0, 4, 3), Box(table, "g"));
    }

    [Fact]
    public void Coordinates_in_metres_or_the_wrong_way_round_are_refused_by_name()
    {
        using var stage = new Stage();
        var point = new ColumnContract("g", new ColumnType(ColumnKind.Geometry, Geometry: GeometryKind.Point), new LocalText("g", "g"));
        var contract = Stage.Contract("geojson", point);
        static string Collection(string crs, params string[] positions) => $$"""
            {"type":"FeatureCollection",{{crs}}"features":[{{string.Join(',', positions.Select(p => $$$"""{"type":"Feature","geometry":{"type":"Point","coordinates":{{{p}}}},"properties":{}}"""))}}]}
            """;
        const string Good = "[105.84,21.59]";
        const string Swapped = "[21.59,105.84]";
        const string Metres = "[585432.1,2388765.4]";
        Assert.Equal("OD2123", stage.Fails(contract, Collection("", Metres, Metres)));
        Assert.Equal("OD2124", stage.Fails(contract, Collection("", Swapped, Swapped)));
        Assert.Equal(["axis_order", "projected_coordinates", "coordinates"], Stage.Rules(stage.Load(contract, Collection("", Good, Swapped, Metres, "[200,21]"))));
        Assert.Equal("OD2123", stage.Fails(contract, Collection("""  "crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3405"}},""", Good)));
        Assert.Equal("OD2123", stage.Fails(contract, Collection("""  "crs":{"type":"link","properties":{"href":"x"}},""", Good)));
        foreach (var crs in new[] { "null", "{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}}", "{\"properties\":{\"name\":\"EPSG:4326\"}}" })
        {
            Assert.Equal(1, stage.Load(contract, Collection($"\"crs\":{crs},", Good)).Rows);
        }
    }

    // Of the first row's geometry as it was stored.
    private static WkbBounds? Box(StagedTable table, string column)
        => WkbBounds.Of(Convert.FromHexString(Stage.Read(table, $"SELECT hex({column}) FROM staged ORDER BY _row")[0][0]!));
}
