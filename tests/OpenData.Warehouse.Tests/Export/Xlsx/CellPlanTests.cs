using OpenData.Catalogs;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Tests.Staging;

namespace OpenData.Warehouse.Tests.Export;

public sealed class CellPlanTests
{
    private const string Zone = "Asia/Ho_Chi_Minh";

    [Theory]
    [InlineData("1", "999999999999999", nameof(CellKind.Number))]
    [InlineData("-999999999999999", "0", nameof(CellKind.Number))]
    [InlineData("1", "1000000000000000", nameof(CellKind.Text))]
    [InlineData("-9223372036854775808", "0", nameof(CellKind.Text))]
    [InlineData(null, null, nameof(CellKind.Number))]
    [InlineData("x", "1", nameof(CellKind.Text))]
    public void Integers_are_numbers_up_to_15_digits(string? min, string? max, string kind) => Plans(Stage.Column("n", ColumnKind.Integer), min, max, kind);

    [Theory]
    [InlineData(38, 2, "-1.00", "9999999999999.99", nameof(CellKind.Number))]
    [InlineData(38, 2, "-1.00", "10000000000000.00", nameof(CellKind.Text))]
    [InlineData(38, 0, "0", "99999999999999999999999999999999999999", nameof(CellKind.Text))]
    [InlineData(20, 15, "0.000000000000001", "0.999999999999999", nameof(CellKind.Number))]
    [InlineData(20, 15, "0.000000000000001", "1.000000000000000", nameof(CellKind.Text))]
    [InlineData(20, 16, "0.0000000000000001", "0.0000000000000001", nameof(CellKind.Text))]
    public void Decimals_are_numbers_up_to_15_digits_of_the_declared_scale(int precision, int scale, string min, string max, string kind)
        => Plans(Stage.Decimal("n", precision, scale), min, max, kind);

    [Fact]
    public void An_unknown_range_is_taken_for_the_worst_of_the_type()
    {
        Assert.Equal(CellKind.Number, CellPlan.Of(Stage.Decimal("n", 15, 2), null, Zone).Kind);
        Assert.Equal(CellKind.Text, CellPlan.Of(Stage.Decimal("n", 16, 2), null, Zone).Kind);
        Assert.All(
            [ColumnKind.Integer, ColumnKind.Date, ColumnKind.Time, ColumnKind.Timestamp, ColumnKind.Duration],
            k => Assert.Equal(CellKind.Text, CellPlan.Of(Stage.Column("c", k), null, Zone).Kind));
    }

    [Theory]
    [InlineData("1900-03-01", "9999-12-31", nameof(CellKind.Date))]
    [InlineData("1900-02-28", "2025-07-01", nameof(CellKind.Text))]
    [InlineData("0044-03-15 (BC)", "2025-07-01", nameof(CellKind.Text))]
    [InlineData("2025-07-01", "infinity", nameof(CellKind.Text))]
    public void Dates_are_dates_from_March_1900_on(string min, string max, string kind) => Plans(Stage.Column("d", ColumnKind.Date), min, max, kind);

    [Theory]
    [InlineData("00:00:00", "23:59:59.999999", nameof(CellKind.Time))]
    [InlineData("00:00:00", "24:00:00", nameof(CellKind.Text))]
    public void Times_are_parts_of_a_day(string min, string max, string kind) => Plans(Stage.Column("t", ColumnKind.Time), min, max, kind);

    [Theory]
    [InlineData("0", "5662310399999999", nameof(CellKind.Days))]
    [InlineData("0", "5662310400000000", nameof(CellKind.Text))]
    [InlineData("-1", "0", nameof(CellKind.Text))]
    [InlineData("PT1H", "P3DT2H", nameof(CellKind.Days))]
    [InlineData("PT1H", "P1M and more", nameof(CellKind.Text))]
    public void Durations_are_days_when_none_is_negative(string min, string max, string kind) => Plans(Stage.Column("t", ColumnKind.Duration), min, max, kind);

    [Theory]
    [InlineData(Zone, "2025-07-01T08:30:00+07:00", "2079-06-04T23:59:59.999999+07:00", nameof(CellKind.WallTime))]
    [InlineData(Zone, "2025-07-01T08:30:00+07:00", "2079-06-05T00:00:00+07:00", nameof(CellKind.Text))]
    [InlineData(Zone, "1976-01-01T00:00:00+07:00", "2025-07-01T08:30:00+07:00", nameof(CellKind.WallTime))]
    [InlineData(Zone, "1970-01-01T00:00:00+08:00", "2025-07-01T08:30:00+07:00", nameof(CellKind.Text))]
    [InlineData("Etc/UTC", "1900-03-01T00:00:00Z", "2025-07-01T08:30:00Z", nameof(CellKind.WallTime))]
    [InlineData("Etc/UTC", "1900-02-28T23:59:59Z", "2025-07-01T08:30:00Z", nameof(CellKind.Text))]
    [InlineData("Europe/Berlin", "2025-03-01T00:00:00+01:00", "2025-10-26T00:00:00+02:00", nameof(CellKind.WallTime))]
    [InlineData("Europe/Berlin", "2025-03-01T00:00:00+01:00", "2025-10-27T00:00:00+01:00", nameof(CellKind.Text))]
    [InlineData(Zone, "2025-07-01T08:30:00+07:00", "infinity", nameof(CellKind.Text))]
    public void Instants_are_wall_time_where_every_one_comes_back(string zone, string min, string max, string kind)
        => Assert.Equal(kind, CellPlan.Of(Stage.Column("t", ColumnKind.Timestamp), new ColumnRange(min, max), zone).Kind.ToString());

    [Fact]
    public void The_zone_of_the_column_goes_before_that_of_the_dataset()
    {
        var plan = CellPlan.Of(Stage.Column("t", ColumnKind.Timestamp) with { TimeZone = "Etc/UTC" }, new ColumnRange(null, null), Zone);
        Assert.Equal(("Etc/UTC", CellKind.WallTime), (plan.Zone, plan.Kind));
    }

    [Fact]
    public void Formats_show_the_declared_scale_and_parts_of_seconds_that_are_there()
    {
        Assert.Equal("0", FormatOf(Stage.Column("year", ColumnKind.Integer), "2024", "2025"));
        Assert.Equal("#,##0", FormatOf(Stage.Column("people", ColumnKind.Integer) with { Unit = "person" }, "1", "2"));
        Assert.Equal("#,##0.000", FormatOf(Stage.Decimal("area", 9, 3), "1.000", "2.000"));
        Assert.Equal("@", FormatOf(Stage.Column("code", ColumnKind.Code), "0012", "0013"));
        Assert.Equal("hh:mm:ss", FormatOf(Stage.Column("t", ColumnKind.Time), "08:30:00", "09:00:00"));
        Assert.Equal("[h]:mm:ss.000", FormatOf(Stage.Column("t", ColumnKind.Duration), "1", "2000000"));
        Assert.Equal("yyyy-mm-dd hh:mm:ss.000", FormatOf(Stage.Column("t", ColumnKind.Timestamp), "2025-07-01T08:30:00.5+07:00", "2025-07-01T08:31:00+07:00"));
    }

    private static string FormatOf(ColumnContract column, string min, string max) => CellPlan.Of(column, new ColumnRange(min, max), Zone).Format;

    private static void Plans(ColumnContract column, string? min, string? max, string kind)
        => Assert.Equal(kind, CellPlan.Of(column, new ColumnRange(min, max), Zone).Kind.ToString());
}
