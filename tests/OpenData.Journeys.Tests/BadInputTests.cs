using System.Text;
using OpenData.TestKit;

namespace OpenData.Journeys.Tests;

/// <summary>Bad input through the command line, as an operator meets it: a named error, and the last good version stays.</summary>
public sealed class BadInputTests
{
    private const string Good = "code,name\n01,Hà Nội\n19,Thái Nguyên\n";

    public static TheoryData<string, string, byte[]> BadFiles => new()
    {
        { "wrong header", "OD21", Encoding.UTF8.GetBytes("kode,name\n01,Hà Nội\n") },
        { "wrong encoding", "OD21", [.. "code,name\n01,H"u8, 0xE0, (byte)' ', .. "N"u8, 0xF4, .. "i\n"u8] },
        { "ragged rows", "OD22", Encoding.UTF8.GetBytes("code,name\n01\n19,Thái Nguyên,thừa\n24\n") },
        { "login page", "OD2", Encoding.UTF8.GetBytes("<!DOCTYPE html><html><body>Đăng nhập</body></html>") },
        { "empty file", "OD2", [] },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task A_bad_file_ends_in_a_named_error_and_the_last_good_version_stays(string kind, string code, byte[] bytes)
    {
        await using var town = new Town();
        var catalog = await CatalogueAsync(town, Contract);
        Assert.Contains("published", (await RunAsync(town, catalog, Encoding.UTF8.GetBytes(Good))).Output, StringComparison.Ordinal);

        var bad = await RunAsync(town, catalog, bytes);
        Assert.True(bad.ExitCode == 1, $"{kind}: {bad.ExitCode} {bad.Output}");
        Assert.Contains($"failed by {code}", bad.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", bad.Output, StringComparison.Ordinal);

        await town.StartPortalAsync();
        Assert.Equal(Good, await town.Http.GetStringAsync(new Uri("/datasets/provinces.csv", UriKind.Relative)));
    }

    [Fact]
    public async Task Five_mistakes_in_a_contract_give_five_located_problems_and_stop_only_that_dataset()
    {
        await using var town = new Town();
        var bad = Contract
            .Replace("dataset: provinces", "dataset: broken", StringComparison.Ordinal)
            .Replace("publisher: office", "publisher: nobody", StringComparison.Ordinal)
            .Replace("load: replace", "load: sometimes", StringComparison.Ordinal)
            .Replace("type: code", "type: number", StringComparison.Ordinal)
            .Replace("key: [code]", "key: [kode]", StringComparison.Ordinal)
            .Replace("theme: regions", "theme: regions\ncolour: red", StringComparison.Ordinal);
        var catalog = await CatalogueAsync(town, Contract);
        town.Folder.Write("catalog/datasets/broken.yaml", bad);
        town.Folder.Write("provinces.csv", Good);
        town.Set("CATALOG_DIR", catalog);
        town.Set("UNITS_FILE", town.Folder["provinces.csv"]);

        var check = await town.IngestAsync("check");
        Assert.Equal(1, check.ExitCode);
        Assert.Equal(5, check.Output.Split('\n').Count(l => l.StartsWith("datasets/broken.yaml:", StringComparison.Ordinal) && !l.StartsWith("datasets/broken.yaml:0:", StringComparison.Ordinal)));

        var run = await town.IngestAsync("run", "--all");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("provinces: published", run.Output, StringComparison.Ordinal);
    }

    private static async Task<Outcome> RunAsync(Town town, string catalog, byte[] bytes)
    {
        town.Set("CATALOG_DIR", catalog);
        town.Set("UNITS_FILE", town.Folder.Write("provinces.csv", bytes));
        return await town.IngestAsync("run", "--all");
    }

    private static Task<string> CatalogueAsync(Town town, string contract)
    {
        town.Folder.Write("catalog/datasets/provinces.yaml", contract);
        foreach (var register in new[] { "publishers", "themes", "licenses" })
        {
            town.Folder.Write($"catalog/{register}.yaml", File.ReadAllText(Repository.File($"tests/OpenData.Journeys.Tests/fixtures/real-units/{register}.yaml"))
                .Replace("units_source", "office", StringComparison.Ordinal));
        }

        return Task.FromResult(town.Folder["catalog"]);
    }

    private const string Contract =
        """
        dataset: provinces
        title: { vi: Tỉnh, en: Provinces }
        summary: { vi: Mỗi dòng là một tỉnh., en: Each row is a province. }
        publisher: office
        theme: regions
        keywords: { vi: [tỉnh], en: [province] }
        license: mit
        access: open
        source: { kind: csv, path: "${UNITS_FILE}" }
        load: replace
        key: [code]
        order: [code]
        columns:
          - { name: code, type: code, required: true, title: { vi: Mã, en: Code } }
          - { name: name, type: text, required: true, title: { vi: Tên, en: Name } }
        expectations:
          - { rule: quarantine_share, max: 0.1, on_fail: block }
        distributions: [csv, json, parquet]

        """;
}
