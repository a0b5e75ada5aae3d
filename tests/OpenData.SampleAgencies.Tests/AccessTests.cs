using System.Net;

namespace OpenData.SampleAgencies.Tests;

public sealed class AccessTests(AgenciesFixture agencies) : IClassFixture<AgenciesFixture>
{
    [Theory]
    [InlineData("/one-stop/api/cases")]
    [InlineData("/reports/api/reports")]
    [InlineData("/network/api/circuits")]
    public async Task Without_the_token_a_rest_system_answers_401_and_shows_nothing(string path)
    {
        using var answer = await agencies.Anyone.GetAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        Assert.DoesNotContain("data", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/control/grow?steps=1")]
    [InlineData("/control/fault?kind=500")]
    [InlineData("/control/reset")]
    public async Task Without_the_token_nobody_controls_the_server(string path)
    {
        using var answer = await agencies.Anyone.PostAsync(path, null);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_home_page_says_in_both_languages_that_the_data_is_synthetic()
    {
        var page = await agencies.TextAsync("/");
        Assert.Contains("dữ liệu ở đây là mô phỏng", page, StringComparison.Ordinal);
        Assert.Contains("Everything here is synthetic", page, StringComparison.Ordinal);
        Assert.Equal("ok", await agencies.TextAsync("/healthz"));
    }

    [Fact]
    public void A_port_that_is_no_number_is_an_error()
        => Assert.Throws<FormatException>(() => AgencyOptions.Read(["--port", "many"], _ => null));

    [Fact]
    public void The_command_line_wins_over_the_environment()
        => Assert.Equal(7, AgencyOptions.Read(["--port", "7"], name => name == "AGENCIES_PORT" ? "8" : null).Port);
}
