using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace OpenData.Portal.Tests;

[Collection(ReadingTests.Name)]
public sealed class SecrecyTests(PortalFixture portal)
{
    public static TheoryData<string> Hidden => [.. TestTown.HiddenIds];

    [Theory]
    [MemberData(nameof(Hidden))]
    public async Task A_dataset_that_is_not_open_is_unknown_to_every_route(string hidden)
    {
        var snapshot = portal.Town.Store.Current(hidden)!;
        var asked = 0;
        foreach (var path in Routes(hidden, snapshot.Version))
        {
            foreach (var language in new[] { "vi", "en" })
            {
                using var answer = await portal.Portal.GetAsync(path, "Accept-Language", language);
                var body = await answer.Content.ReadAsStringAsync();
                var headers = answer.Headers + answer.Content.Headers.ToString();
                asked++;

                // What the caller wrote comes back in links, the search field and problem details; that tells nothing.
                var said = body
                    .Replace("q=" + hidden, "", StringComparison.Ordinal)
                    .Replace($"value=\"{hidden}\"", "", StringComparison.Ordinal);
                Assert.DoesNotContain(TestTown.Planted, said + headers, StringComparison.Ordinal);
                if (path.Split('?')[0].Contains(hidden, StringComparison.Ordinal))
                {
                    Assert.True((int)answer.StatusCode is 404 or 400 or 410 or 501, $"{path} gave {(int)answer.StatusCode}");
                }
                else
                {
                    Assert.DoesNotContain(hidden, said + headers, StringComparison.Ordinal);
                }
            }
        }

        Assert.True(asked > 40, $"only {asked} addresses were asked");
    }

    [Fact]
    public async Task An_unknown_dataset_and_a_hidden_one_answer_alike()
    {
        foreach (var form in new[] { "datasets/{0}", "datasets/{0}.csv", "datasets/{0}.json", "api/v1/datasets/{0}", "api/v1/datasets/{0}/quality", "api/v1/runs?dataset={0}", "datasets/{0}/versions", "datasets/{0}/changes?from=2026-01-01", "feeds/{0}.atom", "feeds/{0}.json" })
        {
            var unknown = await Said(form, "never_existed");
            var hidden = await Said(form, "hidden_closed");

            Assert.Equal(unknown, hidden);
        }
    }

    [Fact]
    public async Task A_personal_column_and_its_title_are_on_no_page()
    {
        foreach (var path in new[] { "datasets/reports", "en/datasets/reports", "api/v1/datasets/reports", "api/v1/datasets/reports/quality", "datasets?q=planted" })
        {
            var body = await portal.Client.GetStringAsync(path);
            Assert.DoesNotContain("citizen_number", body, StringComparison.Ordinal);
            Assert.DoesNotContain(TestTown.Planted, body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Words_of_hidden_datasets_and_personal_columns_find_nothing()
    {
        var all = await portal.Client.GetStringAsync("api/v1/datasets?q=" + TestTown.Planted);

        Assert.Contains("\"total\":0", all, StringComparison.Ordinal);
    }

    private async Task<string> Said(string form, string id)
    {
        using var answer = await portal.Client.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, id));
        var body = await answer.Content.ReadAsStringAsync();
        return (int)answer.StatusCode + body
            .Replace(id, "ID", StringComparison.Ordinal)
            .Replace(answer.Headers.GetValues("X-Request-Id").Single(), "REQUEST", StringComparison.Ordinal);
    }

    /// <summary>Every address of every endpoint, once with the hidden id in each place and once as it is, plus searches.</summary>
    private List<string> Routes(string hidden, string version)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var endpoints = portal.Portal.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            // Those answer with the sign-in page and the address that was asked; AccessTests walks them.
            .Where(e => !e.RoutePattern.RawText!.Contains("/admin", StringComparison.Ordinal));
        foreach (var endpoint in endpoints)
        {
            foreach (var id in new[] { hidden, "markets" })
            {
                var path = endpoint.RoutePattern.RawText!.TrimStart('/');
                foreach (var parameter in endpoint.RoutePattern.Parameters)
                {
                    var value = parameter.Name switch
                    {
                        "version" => version,
                        "extension" => "csv",
                        _ => id,
                    };
                    path = System.Text.RegularExpressions.Regex.Replace(
                        path, @"\{\*{0,2}" + parameter.Name + @"[^}]*\}", value, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
                }

                paths.Add(path);
                paths.Add(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "q=" + hidden);
            }
        }

        foreach (var more in new[]
        {
            $"datasets/{hidden}", $"datasets/{hidden}.csv", $"datasets/{hidden}.json", $"datasets/{hidden}.parquet", $"en/datasets/{hidden}",
            $"datasets/{hidden}/versions/{version}.csv", $"datasets/{hidden}/versions/{version}.parquet", $"datasets/markets/versions/{version}.csv",
            $"api/v1/datasets/{hidden}", $"api/v1/datasets/{hidden}/versions/{version}", "swagger/v1/swagger.json", "odata/", "odata/$metadata", $"odata/{hidden}",
            $"datasets/{hidden}/versions", $"en/datasets/{hidden}/versions", $"datasets/{hidden}/changes?from={version}", $"datasets/{hidden}/changes.csv?from={version}&to={version}",
            $"datasets/markets/changes?from={version}", $"api/v1/datasets/{hidden}/changes?from={version}", $"api/v1/datasets/{hidden}?asof={version}",
            $"api/v1/datasets/markets?asof={version}", $"api/v1/datasets/{hidden}/quality?asof={version}", $"datasets/{hidden}?asof={version}", $"datasets/{hidden}.csv?asof={version}",
            $"feeds/{hidden}.atom", $"feeds/{hidden}.json", $"en/feeds/{hidden}.atom", "feeds/datasets.atom", "feeds/datasets.json", "en/feeds/datasets.json",
            "datasets?theme=kin", "datasets?publisher=so_kin", "api/v1/publishers", "api/v1/themes", "", "en",
        })
        {
            paths.Add(more);
        }

        return [.. paths];
    }
}
