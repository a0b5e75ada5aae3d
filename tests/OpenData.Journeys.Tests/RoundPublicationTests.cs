using System.Net;
using OpenData.TestKit;

namespace OpenData.Journeys.Tests;

/// <summary>The sample rounds on their way to the public, by the commands that <c>./dev run</c> gives.</summary>
public sealed class RoundPublicationTests
{
    private static readonly string[] Needed =
        ["administrative_units", "current_provinces", "current_communes", "document_exchange", "citizen_reports", "citizen_reports_monthly", "cashless_markets"];

    [Fact]
    public async Task Totals_and_ranks_come_out_of_the_downloads_alone_and_an_embargo_keeps_a_round_out_of_them()
    {
        await using var town = new Town();
        await town.StartAgenciesAsync();
        await town.StartPortalAsync();
        await DoAsync(town, ["run", .. Needed]);
        await EnterAsync(town, "department");
        await EnterAsync(town, "commune");
        await DoAsync(town, "rounds", "publish", "dti_department-2025");
        await DoAsync(town, "rounds", "publish", "dti_commune-2025", "--not-before", "2099-01-01T08:00");

        // Nobody names the datasets: the publication has asked for their runs, and the worker takes them up.
        town.StartIngest("serve");
        await UntilRoundsAsync(town, 1);
        Assert.Equal(16, await PublishedScores.AreRecomputedAsync(town));
        await IsShownAsync(town, "dti_department-2025", true);
        await IsShownAsync(town, "dti_commune-2025", false);

        await DoAsync(town, "rounds", "publish", "dti_commune-2025", "--reason", "Brought forward.");
        await UntilRoundsAsync(town, 2);
        Assert.Equal(16 + 92, await PublishedScores.AreRecomputedAsync(town));
        await IsShownAsync(town, "dti_commune-2025", true);
        foreach (var dataset in new[] { "dti_frameworks", "dti_scores", "dti_component_scores", "dti_ranks" })
        {
            Assert.True(await AllFormats.AgreeAsync(town, dataset) >= 7, $"{dataset} comes in too few formats.");
        }

        var components = await PublishedScores.RowsAsync(town, "dti_component_scores");
        Assert.All(components, c => Assert.Equal("true", c["synthetic"]));
        var automatic = components.Where(c => c["origin"] == "automatic").ToList();
        Assert.Equal(["6.1", "6.4", "7.1"], automatic.Select(c => c["component"]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(automatic, c => Assert.Contains("select", c["queries"], StringComparison.OrdinalIgnoreCase));
        Assert.Equal(["14", "15", "77"], (await PublishedScores.RowsAsync(town, "dti_ranks")).Select(r => r["ranked_units"]).Distinct().Order(StringComparer.Ordinal));
    }

    private static async Task EnterAsync(Town town, string level)
    {
        var round = $"dti_{level}-2025";
        var folder = Repository.File($"samples/rounds/{round}");
        await DoAsync(town, "rounds", "open", round, "--framework", $"dti_{level}", "--units", $"{folder}/units.csv", "--from", "2025-01-01", "--to", "2025-12-31", "--synthetic");
        await DoAsync(town, "rounds", "compute", round);
        await DoAsync(town, "rounds", "import", round, $"{folder}/answers.csv");
    }

    // A round under embargo is as unknown to pages and interface as one that never was.
    private static async Task IsShownAsync(Town town, string round, bool isShown)
    {
        Assert.Equal(isShown, (await town.Http.GetStringAsync(new Uri("/scores", UriKind.Relative))).Contains(round, StringComparison.Ordinal));
        foreach (var path in new[] { $"/scores/{round}", $"/en/scores/{round}", $"/api/v1/scores/rounds/{round}" })
        {
            using var answer = await town.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(isShown ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static async Task DoAsync(Town town, params string[] arguments)
    {
        var outcome = await town.IngestAsync(arguments);
        Assert.True(outcome.ExitCode == 0, $"{string.Join(' ', arguments)}: {outcome.Output}");
    }

    // The tables are published one after the other: all of them speak of as many rounds.
    private static Task UntilRoundsAsync(Town town, int rounds)
        => Town.UntilAsync(
            async () =>
            {
                foreach (var dataset in new[] { "dti_scores", "dti_component_scores", "dti_ranks" })
                {
                    using var answer = await town.Http.GetAsync(new Uri($"/datasets/{dataset}.csv", UriKind.Relative));
                    if (!answer.IsSuccessStatusCode || (await PublishedScores.RowsAsync(town, dataset)).Select(r => r["round"]).Distinct(StringComparer.Ordinal).Count() != rounds)
                    {
                        return false;
                    }
                }

                using var frameworks = await town.Http.GetAsync(new Uri("/datasets/dti_frameworks.csv", UriKind.Relative));
                return frameworks.IsSuccessStatusCode;
            },
            $"{rounds} rounds in every table");
}
