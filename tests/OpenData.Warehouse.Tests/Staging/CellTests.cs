using OpenData.Catalogs;
using OpenData.TestKit;

namespace OpenData.Warehouse.Tests.Staging;

public sealed class CellTests
{
    private static readonly ColumnContract Integer = Stage.Column("v", ColumnKind.Integer);
    private static readonly ColumnContract Date = Stage.Column("v", ColumnKind.Date);
    private static readonly ColumnContract Timestamp = Stage.Column("v", ColumnKind.Timestamp);

    [Fact]
    public void Every_cell_reads_as_documented() => Check();

    [Fact]
    public void Culture_changes_nothing() => Culture.Vietnamese(Check);

    private static void Check()
    {
        using var stage = new Stage();
        var cases = Cases().ToList();
        var actual = stage.Values([.. cases.Select(c => (c.Column, c.Text))]);
        var wrong = cases
            .Zip(actual)
            .Where(c => c.First.Expected != c.Second)
            .Select(c => $"{c.First.Column.Type} '{c.First.Text}': expected {c.First.Expected ?? "null"}, got {c.Second ?? "null"}");
        Assert.Empty(wrong.ToList());
    }

    private static IEnumerable<(ColumnContract Column, string Text, string? Expected)> Cases()
    {
        // Integers.
        yield return (Integer, "9223372036854775807", "9223372036854775807");
        yield return (Integer, "-9223372036854775808", "-9223372036854775808");
        yield return (Integer, "9223372036854775808", "<overflow>");
        yield return (Integer, "007", "7");
        yield return (Integer, "\u00A0 5\u200B", "5");
        yield return (Integer, "−5", "-5");
        yield return (Integer, "1_000", "<type>");
        yield return (Integer, "1.5", "<type>");
        yield return (Integer, "+5", "<type>");
        yield return (Integer, "1.000", "1");
        yield return (Integer with { NumberFormat = "vi" }, "1.234.567", "1234567");
        yield return (Integer with { NumberFormat = "vi" }, "1234567", "1234567");
        yield return (Integer with { NumberFormat = "vi" }, "1.23", "<type>");
        yield return (Integer with { NumberFormat = "vi" }, "1234.567", "<type>");
        yield return (Integer with { NumberFormat = "vi" }, "1.234.56", "<type>");
        yield return (Integer with { NumberFormat = "en" }, "1,234", "1234");
        yield return (Integer with { Min = "0", Max = "10" }, "-1", "<min>");
        yield return (Integer with { Min = "0", Max = "10" }, "11", "<max>");
        yield return (Integer with { Min = "0", Max = "10" }, "10", "10");
        yield return (Integer with { OneOf = ["1", "3"] }, "2", "<one_of>");
        yield return (Integer with { NullTexts = ["-", "không có"] }, " - ", null);
        yield return (Integer with { NullTexts = ["-", "không có"] }, "không có", null);
        yield return (Integer with { Required = true }, " ", "<required>");
        yield return (Integer with { Matches = "[0-9]{2}" }, "12", "12");
        yield return (Integer with { Matches = "[0-9]{2}" }, "123", "<matches>");

        // Decimals.
        yield return (Stage.Decimal("v", 10, 2), "1.5", "1.50");
        yield return (Stage.Decimal("v", 10, 2), "1.005", "<scale>");
        yield return (Stage.Decimal("v", 10, 2), "1.500", "1.50");
        yield return (Stage.Decimal("v", 10, 2), "123456789", "<overflow>");
        yield return (Stage.Decimal("v", 10, 2), "12345678.99", "12345678.99");
        yield return (Stage.Decimal("v", 38, 0), "99999999999999999999999999999999999999", "99999999999999999999999999999999999999");
        yield return (Stage.Decimal("v", 38, 0), "100000000000000000000000000000000000000", "<overflow>");
        yield return (Stage.Decimal("v", 38, 37), "-0.0000000000000000000000000000000000001", "-0.0000000000000000000000000000000000001");
        yield return (Stage.Decimal("v", 4, 2), "-99.99", "-99.99");
        yield return (Stage.Decimal("v", 10, 2) with { NumberFormat = "vi" }, "4.947,10", "4947.10");
        yield return (Stage.Decimal("v", 10, 2) with { NumberFormat = "vi" }, "29.67", "<type>");
        yield return (Stage.Decimal("v", 10, 2) with { NumberFormat = "en" }, "4,947.10", "4947.10");
        yield return (Stage.Decimal("v", 10, 2), "1e3", "<type>");
        yield return (Stage.Decimal("v", 10, 2), ".5", "<type>");
        yield return (Stage.Decimal("v", 10, 2), "5.", "<type>");
        yield return (Stage.Decimal("v", 10, 2) with { Min = "0.5" }, "0.49", "<min>");

        // Floats and booleans.
        yield return (Stage.Column("v", ColumnKind.Float), "1.5e3", "1500.0");
        yield return (Stage.Column("v", ColumnKind.Float), "-0.0", "0.0");
        yield return (Stage.Column("v", ColumnKind.Float), "-1e-999", "0.0");
        yield return (Stage.Column("v", ColumnKind.Float), "NaN", "<type>");
        yield return (Stage.Column("v", ColumnKind.Float), "1e999", "<overflow>");
        yield return (Stage.Column("v", ColumnKind.Float) with { NumberFormat = "vi" }, "1.234,5", "1234.5");
        yield return (Stage.Column("v", ColumnKind.Boolean), "Có", "true");
        yield return (Stage.Column("v", ColumnKind.Boolean), "kho\u0302ng", "false");
        yield return (Stage.Column("v", ColumnKind.Boolean), "TRUE", "true");
        yield return (Stage.Column("v", ColumnKind.Boolean), "0", "false");
        yield return (Stage.Column("v", ColumnKind.Boolean), "yes", "<type>");

        // Dates and times.
        yield return (Date, "2024-02-29", "2024-02-29");
        yield return (Date, "2023-02-29", "<type>");
        yield return (Date, "01/07/2025", "<type>");
        yield return (Date with { Format = "dd/MM/yyyy" }, "01/07/2025", "2025-07-01");
        yield return (Date with { Format = "dd/MM/yyyy" }, "1/7/2025", "<type>");
        yield return (Date with { Format = "d/M/yyyy" }, "1/7/2025", "2025-07-01");
        yield return (Date with { Format = "dd/MM/yyyy" }, "13/13/2025", "<type>");
        yield return (Date with { Format = "'ngày' d 'tháng' M 'năm' yyyy" }, "ngày 2 tháng 9 năm 1945", "1945-09-02");
        yield return (Date with { Min = "2020-01-01" }, "2019-12-31", "<min>");
        yield return (Stage.Column("v", ColumnKind.Time), "08:30", "08:30:00");
        yield return (Stage.Column("v", ColumnKind.Time), "24:00", "<type>");
        yield return (Timestamp, "2025-07-01T08:30:00+07:00", "2025-07-01 01:30:00");
        yield return (Timestamp, "2025-07-01T08:30:00Z", "2025-07-01 08:30:00");
        yield return (Timestamp, "9999-12-31T23:59:59+07:00", "9999-12-31 16:59:59");
        yield return (Timestamp, "9999-12-31T23:59:59Z", "<overflow>");
        yield return (Timestamp with { TimeZone = "America/New_York" }, "0001-01-01T00:00:00Z", "<overflow>");
        yield return (Timestamp, "2025-07-01 08:30:00.1234560", "2025-07-01 01:30:00.123456");
        yield return (Timestamp, "2025-07-01 08:30:00.1234567", "<type>");
        yield return (Timestamp, "2025-07-01", "<type>");
        yield return (Timestamp with { Format = "dd/MM/yyyy HH:mm" }, "01/07/2025 08:30", "2025-07-01 01:30:00");
        yield return (Timestamp with { Truncate = "day" }, "2025-07-01T08:30:00", "2025-06-30 17:00:00");
        yield return (Timestamp with { Truncate = "day" }, "2025-06-30T17:00:00Z", "2025-06-30 17:00:00");
        yield return (Timestamp with { Truncate = "day" }, "2025-06-30T16:59:59Z", "2025-06-29 17:00:00");
        yield return (Timestamp with { TimeZone = "Europe/Berlin" }, "2025-03-30T02:30:00", "<missing_time>");
        yield return (Timestamp with { TimeZone = "Europe/Berlin" }, "2025-10-26T02:30:00", "<ambiguous_time>");
        yield return (Timestamp with { TimeZone = "Europe/Berlin" }, "2025-10-26T03:30:00", "2025-10-26 02:30:00");
        yield return (Stage.Column("v", ColumnKind.Duration), "P1DT2H3M4.5S", "93784500000");
        yield return (Stage.Column("v", ColumnKind.Duration), "P1M", "<type>");
        yield return (Stage.Column("v", ColumnKind.Duration), "PT", "<type>");

        // Names.
        yield return (Stage.Column("v", ColumnKind.Uuid), "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
        yield return (Stage.Column("v", ColumnKind.Uuid), "a0eebc999c0b4ef8bb6d6bb9bd380a11", "<type>");
        yield return (Stage.Column("v", ColumnKind.Code), " 00123\u200B ", "00123");
        yield return (Stage.Column("v", ColumnKind.Code), "0\t1", "<control_character>");
        yield return (Stage.Column("v"), "Tha\u0301i Nguye\u0302n", "Thái Nguyên");
        yield return (Stage.Column("v"), " a\u00A0b ", " a b ");
        yield return (Stage.Column("v"), "a\uFEFFb", "ab");
        yield return (Stage.Column("v"), "a\u0001b", "<control_character>");
        yield return (Stage.Column("v"), "a\u0085b", "<control_character>");
        yield return (Stage.Column("v"), "", null);
        yield return (Stage.Column("v"), "  ", null);
        yield return (Stage.Column("v") with { KeepEmpty = true }, "", "");
        yield return (Stage.Column("v") with { OneOf = ["online", "counter"] }, " online", "online");
        yield return (Stage.Column("v") with { OneOf = ["online", "counter"] }, "Online", "<one_of>");
        yield return (Stage.Column("v") with { Matches = "Đ[a-z]+" }, "Đa", "Đa");
        yield return (Stage.Column("v") with { Matches = "a|b" }, "ab", "<matches>");
        yield return (Stage.Column("v") with { Matches = "(a+)+" }, new string('a', 500) + "!", "<matches>");

        // Lists.
        yield return (List(ColumnKind.Code), "[\"0012\",\"1e5\"]", "[0012, 1e5]");
        yield return (List(ColumnKind.Code), "[]", "[]");
        yield return (List(ColumnKind.Code), "", null);
        yield return (List(ColumnKind.Code), "[12]", "<code_as_number>");
        yield return (List(ColumnKind.Code), "[\"a\",null]", "<required>");
        yield return (List(ColumnKind.Code), "[\"a\",[\"b\"]]", "<type>");
        yield return (List(ColumnKind.Code), "[\"a\"] b", "<type>");
        yield return (List(ColumnKind.Code), "[\"a\"", "<type>");
        yield return (List(ColumnKind.Code), "a; b", "<type>");
        yield return (List(ColumnKind.Code) with { Required = true }, " ", "<required>");
        yield return (List(ColumnKind.Code) with { Separator = ";" }, " 4G; 5G ;; ", "[4G, 5G]");
        yield return (List(ColumnKind.Code) with { Separator = ";", OneOf = ["4G", "5G"] }, "4G;6G", "<one_of>");
        yield return (List(ColumnKind.Code) with { Separator = ";", Matches = "[0-9]G" }, "4G;G", "<matches>");
        yield return (List(ColumnKind.Code) with { Separator = ";", NullTexts = ["-"] }, "-", null);
        yield return (List(ColumnKind.Integer) with { Separator = ",", Min = "0" }, "1,2,-3", "<min>");
        yield return (List(ColumnKind.Integer) with { Separator = "|", NumberFormat = "vi" }, "1.234|5", "[1234, 5]");
        yield return (List(ColumnKind.Date) with { Separator = ";", Format = "dd/MM/yyyy" }, "01/07/2025; 31/12/2025", "[2025-07-01, 2025-12-31]");
        yield return (List(ColumnKind.Text), "[\"Tha\u0301i\"]", "[Thái]");
        yield return (List(ColumnKind.Text), "[\"\"]", "<required>");
        yield return (List(ColumnKind.Text) with { KeepEmpty = true }, "[\"\"]", "['']");
        yield return (List(ColumnKind.Text), "[" + string.Join(',', Enumerable.Repeat("\"a\"", 10_001)) + "]", "<too_long>");
        yield return (List(ColumnKind.Boolean), "[true,false]", "[true, false]");

        // JSON and geometry.
        yield return (Stage.Column("v", ColumnKind.Json), "{ \"a\" : [1.10, \"đ\"] }", "{\"a\":[1.10,\"đ\"]}");
        yield return (Stage.Column("v", ColumnKind.Json), "{\"a\":1,\"a\":2}", "<type>");
        yield return (Stage.Column("v", ColumnKind.Json), "{a:1}", "<type>");
        yield return (Geometry(GeometryKind.Point), "POINT (181 0)", "<coordinates>");
        yield return (Geometry(GeometryKind.Point), "LINESTRING (1 2, 3 4)", "<geometry_kind>");
        yield return (Geometry(GeometryKind.Any), "POINT 1 2", "<type>");
        yield return (Geometry(GeometryKind.Polygon), "POLYGON ((0 0, 1 0, 1 1, 0 1))", "<type>");
    }

    private static ColumnContract List(ColumnKind item)
        => new("v", new ColumnType(ColumnKind.List, Item: new ColumnType(item)), new LocalText("v", "v"));

    private static ColumnContract Geometry(GeometryKind kind)
        => new("v", new ColumnType(ColumnKind.Geometry, Geometry: kind), new LocalText("v", "v"));

    [Fact]
    public void Contracts_that_cannot_be_read_by_are_refused()
    {
        using var stage = new Stage();
        ColumnContract[] bad =
        [
            Date with { Format = "dd/MM" },
            Date with { Format = "ddd yyyy" },
            Date with { Format = "dd/MM/yyyy dd" },
            Timestamp with { TimeZone = "Asia/Nowhere" },
            Timestamp with { Truncate = "hour" },
            Integer with { Min = "a" },
            Integer with { NumberFormat = "fr" },
            Stage.Column("v") with { Matches = "(?<=a)b" },
            Stage.Column("v") with { Matches = "(" },
            Stage.Column("v") with { Min = "1" },
            Stage.Column("v", ColumnKind.Uuid) with { OneOf = ["1"] },
        ];
        Assert.All(bad, c => Assert.Equal("OD2116", stage.Fails(Stage.Contract("csv", c), "v\n1\n")));
    }
}
