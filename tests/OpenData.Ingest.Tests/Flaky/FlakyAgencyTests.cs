using System.Globalization;
using System.Text;
using OpenData.TestKit;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Tests.Flaky;

/// <summary>Promise 8: each mode ends in a named error or publishes all after all; what was published stays exactly as it was.</summary>
public sealed class FlakyAgencyTests(FlakyRuns runs) : IClassFixture<FlakyRuns>
{
    public static TheoryData<string> Modes => [.. FlakyModes.All.Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_misbehaving_agency_ends_in_its_named_outcome_and_what_is_published_stays_whole(string name)
    {
        var mode = FlakyModes.All.Single(m => m.Name == name);
        var (outcome, record, published) = (runs.Outcomes[name], runs.Records[name], runs.Published[name]);
        Assert.Equal((mode.Code, mode.Code), (outcome.CauseCode, record.CauseCode));
        Assert.Equal(mode.Requests ?? runs.Requests[name], runs.Requests[name]);
        Assert.NotNull(record.FinishedAt);
        if (mode.Code is null)
        {
            Assert.Equal((RunStatus.Succeeded, 9L), (record.Status, record.Rows));
            Assert.Equal(Bodies.Csv(9).Replace("\"", "", StringComparison.Ordinal), (await runs.Csv(name)).Replace("\r\n", "\n", StringComparison.Ordinal));
            Assert.All(published.Before.Split('\n'), line => Assert.Contains(line, published.After.Split('\n')));
            return;
        }

        Assert.Equal(RunStatus.Failed, record.Status);
        Assert.NotEmpty(record.Cause!.Vi);
        Assert.NotEmpty(record.Cause.En);
        Assert.Equal(published.Before, published.After);
        Assert.Equal(Bodies.Csv(8).Replace("\"", "", StringComparison.Ordinal), (await runs.Csv(name)).Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_mode_has_an_outcome_of_its_own_run()
    {
        var names = FlakyModes.All.Select(m => m.Name).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(names.Order(StringComparer.Ordinal), runs.Outcomes.Keys.Order(StringComparer.Ordinal));
        Assert.True(names.Count >= 25);
        Assert.Contains(FlakyModes.All, m => m.Code is null);
        Assert.DoesNotContain(runs.Outcomes.Values, o => o.CauseCode == LedgerErrors.Unexpected.Code);
        SoakReport.Line($"Promise 8: {names.Count} ways of misbehaving, {FlakyModes.All.Count(m => m.Code is not null)} end in a named error, the rest publish whole; every published version stayed as it was.");
    }

    [Fact]
    public void The_document_lists_every_mode_with_its_outcome()
    {
        var table = new StringBuilder("| Mode | The agency … | The run … |\n|---|---|---|\n");
        foreach (var mode in FlakyModes.All)
        {
            table.Append(CultureInfo.InvariantCulture, $"| `{mode.Name}` | {mode.What} | {(mode.Code is { } code ? $"fails by [{code}](errors.md#{code.ToLowerInvariant()})" : "publishes all")} |\n");
        }

        var document = File.ReadAllText(Repository.File("docs/flaky-agency.md"));
        Assert.True(document.Contains(table.ToString(), StringComparison.Ordinal), $"docs/flaky-agency.md lacks this table:\n{table}");
    }
}
