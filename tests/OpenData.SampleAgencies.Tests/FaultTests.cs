using System.Diagnostics;
using System.Net;

namespace OpenData.SampleAgencies.Tests;

public sealed class FaultTests(AgenciesFixture agencies) : IClassFixture<AgenciesFixture>, IAsyncLifetime
{
    private const string Csv = "/community/groups.csv";

    public Task InitializeAsync() => agencies.PostAsync("/control/reset");

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("500", HttpStatusCode.InternalServerError)]
    [InlineData("503", HttpStatusCode.ServiceUnavailable)]
    public async Task An_error_is_played_once_and_the_next_answer_is_right(string kind, HttpStatusCode status)
    {
        await agencies.PostAsync($"/control/fault?kind={kind}");
        using var failed = await agencies.Anyone.GetAsync(Csv);
        using var right = await agencies.Anyone.GetAsync(Csv);
        Assert.Equal(status, failed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task A_fault_waits_for_its_own_path()
    {
        await agencies.PostAsync("/control/fault?kind=500&path=/markets");
        using var other = await agencies.Anyone.GetAsync(Csv);
        using var meant = await agencies.Anyone.GetAsync("/markets/cashless.csv");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, meant.StatusCode);
    }

    [Fact]
    public async Task A_reset_cuts_the_connection()
    {
        await agencies.PostAsync("/control/fault?kind=reset&times=5");
        await Assert.ThrowsAsync<HttpRequestException>(() => agencies.Anyone.GetAsync(Csv));
    }

    [Theory]
    [InlineData(Csv)]
    [InlineData("/trees/trees.geojson")]
    public async Task A_truncated_body_promises_more_than_it_sends(string path)
    {
        await agencies.PostAsync("/control/fault?kind=truncated&times=5");
        await Assert.ThrowsAnyAsync<Exception>(() => agencies.BytesAsync(path));
    }

    [Fact]
    public async Task A_login_page_comes_as_html_with_200()
    {
        await agencies.PostAsync("/control/fault?kind=login");
        using var answer = await agencies.Anyone.GetAsync(Csv);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_slow_answer_is_late_and_right()
    {
        await agencies.PostAsync("/control/fault?kind=slow&seconds=0.3");
        var clock = Stopwatch.StartNew();
        Assert.NotEmpty(await agencies.BytesAsync(Csv));
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(0.25));
    }

    [Theory]
    [InlineData("/one-stop/api/cases")]
    [InlineData("/reports/api/reports")]
    [InlineData("/network/api/circuits")]
    public async Task A_lying_total_is_seven_too_many(string path)
    {
        var right = (await agencies.JsonAsync(path)).GetProperty("total").GetInt32();
        await agencies.PostAsync("/control/fault?kind=count");
        Assert.Equal(right + 7, (await agencies.JsonAsync(path)).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task An_unknown_fault_is_refused()
    {
        using var answer = await agencies.WithToken.PostAsync("/control/fault?kind=earthquake", null);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
