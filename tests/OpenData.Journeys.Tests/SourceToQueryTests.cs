using System.Globalization;
using System.Net;
using System.Text.Json;
using OpenData.TestKit;

namespace OpenData.Journeys.Tests;

/// <summary>The main job as a user sees it: agencies, one run of everything, and the portal's answers.</summary>
public sealed class SourceToQueryTests
{
    [Fact]
    public async Task One_run_publishes_every_dataset_with_exactly_the_documented_counts_and_a_second_run_nothing_new()
    {
        await using var town = new Town();
        await town.StartAgenciesAsync();
        await town.StartPortalAsync();

        var first = await town.IngestAsync("run", "--all");
        Assert.True(first.ExitCode == 0, first.Output);
        using var expected = JsonDocument.Parse(File.ReadAllText(Repository.File("samples/OpenData.SampleAgencies/expected.json")));
        var datasets = expected.RootElement.GetProperty("datasets").EnumerateObject().ToList();
        var open = await OpenDatasetsAsync(town, datasets.Count);
        foreach (var dataset in datasets.Where(d => open.ContainsKey(d.Name)))
        {
            await CountsAreAsDocumentedAsync(town, dataset);
            Assert.True(await AllFormats.AgreeAsync(town, dataset.Name) >= 7, $"{dataset.Name} comes in too few formats.");
        }

        // One is shared, one closed: nothing outside knows them.
        Assert.Equal(["citizen_reports", "network_inventory"], datasets.Select(d => d.Name).Except(open.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal));
        foreach (var hidden in new[] { "citizen_reports", "network_inventory" })
        {
            foreach (var address in new[] { $"/odata/{hidden}", $"/datasets/{hidden}", $"/datasets/{hidden}.csv", $"/api/v1/datasets/{hidden}", $"/api/v1/datasets/{hidden}/quality" })
            {
                using var answer = await town.Http.GetAsync(new Uri(address, UriKind.Relative));
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }
        }

        var second = await town.IngestAsync("run", "--all");
        Assert.True(second.ExitCode == 0, second.Output);
        Assert.DoesNotContain(": published ", second.Output, StringComparison.Ordinal);
        Assert.Equal(open, await OpenDatasetsAsync(town, datasets.Count));

        var verified = await town.IngestAsync("verify");
        Assert.True(verified.ExitCode == 0, verified.Output);

        // What is personal was dropped at the door: no file of the data folder holds the agencies' names for it.
        NothingPersonalRests(town.DataFolder);
    }

    [Fact]
    public async Task What_agencies_add_later_appears_as_a_new_version_while_the_old_one_stays_citable()
    {
        await using var town = new Town();
        await town.StartAgenciesAsync();
        await town.StartPortalAsync();
        var earlier = await town.IngestAsync("run", "administrative_units", "current_provinces", "current_communes", "public_services", "one_stop_cases");
        Assert.True(earlier.ExitCode == 0, earlier.Output);
        var before = await VersionAsync(town, "one_stop_cases", version => version.Length > 0);

        await town.GrowAsync(1);
        var later = await town.IngestAsync("run", "one_stop_cases");
        Assert.True(later.ExitCode == 0, later.Output);
        var after = await VersionAsync(town, "one_stop_cases", version => version != before);

        Assert.Equal(24_025, await CountAsync(town, "/odata/one_stop_cases/$count"));
        Assert.Equal(24_000, await CountAsync(town, $"/odata/one_stop_cases/$count?asof={before}"));
        Assert.Equal(24_000, CsvLines(await town.Http.GetStringAsync(new Uri($"/datasets/one_stop_cases/versions/{before}.csv", UriKind.Relative))));
        Assert.Equal(24_025, CsvLines(await town.Http.GetStringAsync(new Uri($"/datasets/one_stop_cases/versions/{after}.csv", UriKind.Relative))));
    }

    internal static int CsvLines(string csv)
    {
        // Records, not lines: a quoted cell may hold a line break.
        var (records, quoted) = (0, false);
        foreach (var letter in csv)
        {
            quoted ^= letter == '"';
            records += letter == '\n' && !quoted ? 1 : 0;
        }

        return records - 1;
    }

    internal static async Task<long> CountAsync(Town town, string address)
    {
        var text = await town.Http.GetStringAsync(new Uri(address, UriKind.Relative));
        return long.Parse(text.Trim('\uFEFF', ' ', '\n'), CultureInfo.InvariantCulture);
    }

    internal static async Task<JsonElement> JsonAsync(Town town, string address)
    {
        using var document = JsonDocument.Parse(await town.Http.GetStringAsync(new Uri(address, UriKind.Relative)));
        return document.RootElement.Clone();
    }

    private static async Task<string> VersionAsync(Town town, string dataset, Func<string, bool> wanted)
    {
        var version = "";
        await Town.UntilAsync(
            async () =>
            {
                using var answer = await town.Http.GetAsync(new Uri($"/api/v1/datasets/{dataset}", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
                    version = document.RootElement.GetProperty("version").GetString()!;
                }

                return version.Length > 0 && wanted(version);
            },
            $"a version of {dataset}");
        return version;
    }

    private static async Task<SortedDictionary<string, string>> OpenDatasetsAsync(Town town, int all)
    {
        var open = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await Town.UntilAsync(
            async () =>
            {
                open.Clear();
                var page = await JsonAsync(town, "/api/v1/datasets?limit=100");
                foreach (var item in page.GetProperty("items").EnumerateArray())
                {
                    open[item.GetProperty("id").GetString()!] = item.GetProperty("version").GetString()!;
                }

                return open.Count == all - 2;
            },
            "all open datasets");
        return open;
    }

    private static async Task CountsAreAsDocumentedAsync(Town town, JsonProperty dataset)
    {
        var quality = await JsonAsync(town, $"/api/v1/datasets/{dataset.Name}/quality");
        var counts = quality.GetProperty("counts");
        foreach (var name in new[] { "received", "quarantined", "duplicates", "superseded" })
        {
            Assert.True(
                dataset.Value.GetProperty(name).GetInt64() == counts.GetProperty(name).GetInt64(),
                $"{dataset.Name}: {name} is {counts.GetProperty(name)}, documented {dataset.Value.GetProperty(name)}; {quality.GetProperty("quarantine")}");
        }

        long Of(string name) => counts.GetProperty(name).GetInt64();
        Assert.Equal(
            Of("received"),
            Of("inserted") + Of("updated") + Of("unchanged") + Of("deleted") + Of("superseded") + Of("duplicates") + Of("quarantined"));

        var rows = dataset.Value.GetProperty("rows").GetInt64();
        Assert.Equal(rows, await CountAsync(town, $"/odata/{dataset.Name}/$count"));
        Assert.Equal(rows, CsvLines(await town.Http.GetStringAsync(new Uri($"/datasets/{dataset.Name}.csv", UriKind.Relative))));

        var rules = dataset.Value.TryGetProperty("rules", out var list)
            ? list.EnumerateArray().Select(r => Rule(r)).Order(StringComparer.Ordinal).ToList()
            : [];
        Assert.Equal(rules, quality.GetProperty("quarantine").EnumerateArray().Select(Rule).Order(StringComparer.Ordinal));
    }

    private static string Rule(JsonElement rule)
        => $"{rule.GetProperty("rule").GetString()}[{(rule.TryGetProperty("column", out var c) ? c.GetString() : null)}] {rule.GetProperty("rows").GetInt64()}";

    private static void NothingPersonalRests(string folder)
    {
        // The agencies' own field names of personal data; a landed record that kept one would show it.
        byte[][] planted = ["hoTen"u8.ToArray(), "soDinhDanh"u8.ToArray(), "dienThoai"u8.ToArray(), System.Text.Encoding.UTF8.GetBytes(Town.Token)];
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            // The lock of the portal's spill folder is empty, and nobody but the portal may open it.
            if (Path.GetFileName(file) is "contract.yaml" or "lock")
            {
                continue;
            }

            var bytes = File.ReadAllBytes(file);
            Assert.All(planted, p => Assert.True(bytes.AsSpan().IndexOf(p) < 0, $"{file} holds {System.Text.Encoding.UTF8.GetString(p)}"));
        }
    }
}
