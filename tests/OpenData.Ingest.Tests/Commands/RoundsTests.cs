using OpenData.Ingest.Commands;
using OpenData.Ingest.Tests.Runs;

namespace OpenData.Ingest.Tests.Commands;

/// <summary>A past round by the command line: opened, entered, computed, published and corrected.</summary>
public sealed class RoundsTests
{
    private const string Framework = """
        framework: sample
        title: { vi: Bộ mẫu, en: Sample }
        level: commune
        total: 100
        main_indices:
          - code: "1"
            name: { vi: Hoạt động, en: Activity }
            points: 100
            components:
              - { code: "1.1", name: { vi: Cuộc họp, en: Meetings }, points: 60, formula: { kind: ratio } }
              - { code: "1.2", name: { vi: Đơn vị, en: Units }, points: 40, formula: { kind: count_capped, full: 1 }, automatic: [ { role: n, dataset: units, unit: id, measure: count, filter: [ { column: name, equals: Một } ] } ] }
        """;

    [Fact]
    public async Task A_past_round_is_opened_entered_computed_published_and_corrected_and_its_framework_is_frozen()
    {
        using var place = new Workplace();
        place.Contract("units", $"{{ kind: csv, path: {place.Write("in/units.csv", "id,name\n1,Một\n2,Hai\n")} }}");
        var framework = place.Write("catalog/frameworks/sample.yaml", Framework);
        var units = place.Write("units.csv", "code,name\n1,Phường Một\n2,Phường Hai\n");
        var answers = place.Write("answers.csv", "unit,component,role,value,kind\n1,1.1,a,1,\n1,1.1,b,2,\n2,1.1,a,2,\n2,1.1,b,2,\n1,1.1,a,2,self\n1,1.1,b,2,self\n");
        var broken = place.Write("broken.csv", "unit,component,role,value\n1,1.1,a,x\n");

        // Before there is a state database the files can be checked, and there are no rounds.
        Assert.Equal((0, "1 datasets may run; 1 frameworks; 0 problems.\n", ""), await Run(place, "check"));
        Assert.Equal((0, "", ""), await Run(place, "rounds", "list"));
        await place.Run("units");
        string[] open = ["rounds", "open", "sample-2025", "--framework", "sample", "--units", units, "--from", "2025-01-01", "--to", "2025-12-31", "--synthetic"];
        Assert.Equal(0, (await Run(place, open)).Code);
        Assert.StartsWith("OD3004", (await Run(place, open)).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await Run(place, "rounds", "compute", "sample-2025")).Code);

        var refused = await Run(place, "rounds", "import", "sample-2025", broken);
        Assert.Equal(1, refused.Code);
        Assert.StartsWith("OD3015: The file has mistakes: row 2: `x` is no number", refused.Error, StringComparison.Ordinal);
        Assert.StartsWith("OD3013", (await Run(place, "rounds", "publish", "sample-2025")).Error, StringComparison.Ordinal);
        Assert.Equal((0, "sample-2025: 3 answers, 3 new.\n", ""), await Run(place, "rounds", "import", "sample-2025", answers));
        Assert.Equal(0, (await Run(place, "rounds", "publish", "sample-2025")).Code);
        var show = await Run(place, "rounds", "show", "sample-2025");
        Assert.Contains("2 published  published, revision 1  synthetic", show.Output, StringComparison.Ordinal);
        Assert.Contains("1  published  self 100/100  verified 70/100  final 70/100  rank 1 of 2  Phường Một", show.Output, StringComparison.Ordinal);
        Assert.Contains("2  published  self 0/100  verified 60/100  final 60/100  rank 2 of 2  Phường Hai", show.Output, StringComparison.Ordinal);

        // A correction says why, and its framework stays.
        Assert.StartsWith("OD3010", (await Run(place, "rounds", "publish", "sample-2025")).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await Run(place, "rounds", "reopen", "sample-2025", "1", "--reason", "Nhập sai")).Code);
        Assert.Equal(0, (await Run(place, "rounds", "close", "sample-2025", "1")).Code);
        Assert.Equal(0, (await Run(place, "rounds", "publish", "sample-2025", "--reason", "Đã xem lại", "--not-before", "2999-01-01T08:00")).Code);
        Assert.Contains("revision 2 under embargo until 2999-01-01", (await Run(place, "rounds", "list")).Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(framework, Framework.Replace("full: 1", "full: 2", StringComparison.Ordinal));
        var check = await Run(place, "check");
        Assert.Equal(1, check.Code);
        Assert.Contains("frameworks/sample.yaml:1: OD3005: a frozen framework cannot change", check.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await Run(place, "rounds", "publish", "sample-2025", "--not-before", "tomorrow")).Code);
    }

    private static async Task<(int Code, string Output, string Error)> Run(Workplace place, params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, () => new CommandContext(place.Settings, output, error, IsTerminal: false, place.Logs, place.Clock));
        return (code, output.ToString(), error.ToString());
    }
}
