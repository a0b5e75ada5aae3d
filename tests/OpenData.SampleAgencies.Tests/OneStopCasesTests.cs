using System.Globalization;
using System.Net;

namespace OpenData.SampleAgencies.Tests;

public sealed class OneStopCasesTests(AgenciesFixture agencies) : IClassFixture<AgenciesFixture>, IAsyncLifetime
{
    public Task InitializeAsync() => agencies.PostAsync("/control/reset");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Pages_of_any_size_hold_the_same_records_in_the_same_order()
    {
        var small = await agencies.CasesAsync("limit=333&updated_since=2026-06-01T00:00:00%2B07:00");
        var large = await agencies.CasesAsync("limit=2000&updated_since=2026-06-01T00:00:00%2B07:00");
        Assert.Equal(large.Select(r => r.GetRawText()), small.Select(r => r.GetRawText()));
    }

    [Fact]
    public async Task The_lower_bound_is_inclusive_and_leaves_out_nothing_above_it()
    {
        var all = await agencies.CasesAsync("limit=2000");
        var bound = all[all.Count - 500].GetProperty("capNhatLuc").GetString()!; // every record has its change time
        var expected = all.Where(r => Moment(r.GetProperty("capNhatLuc").GetString()) >= Moment(bound)).Select(r => r.GetRawText());

        Assert.Equal(expected, (await agencies.CasesAsync("updated_since=" + Uri.EscapeDataString(bound))).Select(r => r.GetRawText()));
    }

    [Fact]
    public async Task A_plus_sign_that_a_client_left_unescaped_is_understood()
        => Assert.Equal(
            (await agencies.CasesAsync("updated_since=2026-06-20T00:00:00%2B07:00")).Count,
            (await agencies.CasesAsync("updated_since=2026-06-20T00:00:00+07:00")).Count);

    [Fact]
    public async Task A_step_of_growth_adds_cases_and_closes_older_ones_after_the_as_of_moment()
    {
        await agencies.PostAsync("/control/grow?steps=2");
        var late = await agencies.CasesAsync("updated_since=2026-07-01T00:00:00%2B07:00");

        Assert.Equal(2 * (25 + 10), late.Count);
        Assert.Equal(20, late.Count(r => r.GetProperty("ngayTra").GetString() is not null));
        Assert.Equal(24_037 + 50, (await agencies.CasesAsync("limit=2000")).Count);
    }

    [Theory]
    [InlineData("updated_since=yesterday")]
    [InlineData("limit=0")]
    [InlineData("limit=2001")]
    [InlineData("cursor=-1")]
    public async Task A_bad_parameter_is_refused(string query)
    {
        using var answer = await agencies.WithToken.GetAsync("/one-stop/api/cases?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static DateTimeOffset Moment(string? text) => DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture); // as above
}
