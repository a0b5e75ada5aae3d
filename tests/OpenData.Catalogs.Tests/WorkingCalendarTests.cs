using OpenData.TestKit;

namespace OpenData.Catalogs.Tests;

public sealed class WorkingCalendarTests
{
    private static readonly TimeZoneInfo Vietnam = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");
    private static readonly WorkingCalendar Shipped = CatalogReader.Read(Repository.File("catalogs/thai-nguyen")).Catalog.WorkingDays;

    [Theory]
    [InlineData("2026-02-13", true)] // the Friday before Tết
    [InlineData("2026-02-16", false)]
    [InlineData("2026-02-20", false)]
    [InlineData("2026-02-23", true)]
    [InlineData("2026-01-02", false)] // exchanged
    [InlineData("2026-01-10", true)] // the Saturday worked for it
    [InlineData("2026-04-27", false)] // given for Hùng Kings' Day on a Sunday
    [InlineData("2026-08-22", true)]
    [InlineData("2026-08-31", false)]
    [InlineData("2026-11-24", false)]
    [InlineData("2024-05-04", true)]
    [InlineData("2025-05-02", false)]
    public void The_shipped_days_off_and_make_up_Saturdays_are_those_announced(string day, bool works)
        => Assert.Equal(works, Shipped.IsWorkingDay(Day(day)));

    [Fact]
    public void Two_working_days_over_Tet_end_ten_days_later_at_midnight_of_the_zone()
    {
        // Read on Thursday 12 February 2026 at 08:00: Friday 13 and Monday 23 are the two days.
        var deadline = Shipped.After(At("2026-02-12T08:00:00+07:00"), 2, Vietnam);
        Assert.Equal(new WorkingDeadline(At("2026-02-24T00:00:00+07:00"), CalendarCertainty.Official), deadline);
    }

    [Fact]
    public void The_day_of_the_reading_is_that_of_the_zone_one_minute_before_and_after_its_midnight()
    {
        Assert.Equal(At("2026-03-11T00:00:00+07:00"), Shipped.After(At("2026-03-09T23:59:00+07:00"), 1, Vietnam).At);
        Assert.Equal(At("2026-03-12T00:00:00+07:00"), Shipped.After(At("2026-03-10T00:00:00+07:00"), 1, Vietnam).At);
    }

    [Fact]
    public void A_term_over_the_end_of_the_year_skips_New_Year_and_counts_the_make_up_Saturday()
    {
        // 31 December 2025, then 5 January 2026; the seventh after it is Saturday 10 January.
        Assert.Equal(At("2026-01-06T00:00:00+07:00"), Shipped.After(At("2025-12-30T10:00:00+07:00"), 2, Vietnam).At);
        Assert.Equal(At("2026-01-11T00:00:00+07:00"), Shipped.After(At("2025-12-31T10:00:00+07:00"), 6, Vietnam).At);
    }

    [Fact]
    public void A_term_says_when_its_holidays_are_only_expected_or_not_known()
    {
        Assert.Equal(CalendarCertainty.Expected, Shipped.After(At("2027-02-03T10:00:00+07:00"), 2, Vietnam).Certainty);
        Assert.Equal(CalendarCertainty.Official, Shipped.After(At("2027-03-03T10:00:00+07:00"), 2, Vietnam).Certainty);
        Assert.Equal(CalendarCertainty.YearMissing, Shipped.After(At("2027-12-31T10:00:00+07:00"), 2, Vietnam).Certainty);
    }

    [Fact]
    public void Every_holiday_of_the_shipped_years_names_its_document_and_only_2027_has_expected_days()
    {
        Assert.Equal([2024, 2025, 2026, 2027], Shipped.Years.Select(y => y.Year));
        Assert.All(Shipped.Years.SelectMany(y => y.Holidays), h => Assert.Matches("Điều 11|Công văn|Thông báo|Nghị quyết", h.Basis));
        Assert.Equal([2027, 2027], Shipped.Years.SelectMany(y => y.Holidays).Where(h => !h.IsOfficial).Select(h => h.From.Year));
    }

    [Theory]
    [InlineData("status: expected", "status: perhaps", "OD1006", 5)]
    [InlineData("from: 2026-04-30", "from: 2025-04-30", "OD1006", 4)]
    [InlineData("from: 2026-05-01", "from: 2026-04-30", "OD1008", 5)]
    [InlineData("day: 2026-05-09", "day: 2026-05-08", "OD1006", 7)]
    [InlineData("basis: luật, status: official }\n      - { from: 2026-05-01", "status: official }\n      - { from: 2026-05-01", "OD1004", 4)]
    [InlineData("make_up_days", "makeup_days", "OD1003", 6)]
    public void A_mistake_is_told_with_its_line_and_leaves_its_year_without_data(string right, string wrong, string code, int line)
    {
        using var catalog = new SampleCatalog();
        catalog.File("holidays.yaml", Year.Replace(right, wrong, StringComparison.Ordinal));
        var reading = catalog.Read();
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((code, "holidays.yaml", line), (problem.Code, problem.File, problem.Line));
        Assert.False(reading.Catalog.WorkingDays.Knows(2026));
        Assert.Equal(2, reading.Catalog.Datasets.Count);
    }

    [Fact]
    public void A_contract_that_counts_working_days_needs_the_file_and_promises_one_term_only()
    {
        using var catalog = new SampleCatalog();
        catalog.Write("one_stop_cases", SampleCatalog.Cases.Replace("due_within: PT36H", "due_within_working_days: 2", StringComparison.Ordinal));
        Assert.Equal("OD1060", Assert.Single(catalog.Read().Problems).Code);

        catalog.File("holidays.yaml", Year);
        var reading = catalog.Read();
        Assert.Empty(reading.Problems);
        Assert.Equal(2, reading.Catalog.Find("one_stop_cases")!.Refresh.DueWithinWorkingDays);

        catalog.Write("one_stop_cases", SampleCatalog.Cases.Replace("due_within: PT36H", "due_within: PT36H, due_within_working_days: 2", StringComparison.Ordinal));
        Assert.Equal("OD1016", Assert.Single(catalog.Read().Problems).Code);
    }

    private const string Year = """
        years:
          - year: 2026
            holidays:
              - { from: 2026-04-30, name: { vi: Chiến thắng, en: Victory }, basis: luật, status: official }
              - { from: 2026-05-01, name: { vi: Lao động, en: Labour }, basis: luật, status: expected }
            make_up_days:
              - { day: 2026-05-09, basis: công văn, status: official }
        """;

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
