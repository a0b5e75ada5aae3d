using System.Text.RegularExpressions;

namespace OpenData.Tidy.Tests;

/// <summary>docs/odata-conformance.md cannot rot: its states, its tests and the level that <c>$metadata</c> says go together.</summary>
public sealed partial class ConformanceDocTests
{
    private static readonly string[] States = ["holds", "does not apply", "missing"];

    private static readonly IReadOnlyList<Line> Lines = [.. Read()];

    [Fact]
    public void Every_line_has_a_state_and_what_holds_it()
    {
        Assert.InRange(Lines.Count, 120, 200);
        Assert.All(Lines, l => Assert.Contains(l.State, States));
        Assert.All(Lines, l => Assert.Contains(l.Weight, new[] { "must", "should", "may" }));
        Assert.All(Lines, l => Assert.False(string.IsNullOrWhiteSpace(l.HeldBy), $"{l.Section} {l.Number}"));
        Assert.All(Lines.Where(l => l.State == "holds" && l.Below is null), l => Assert.True(TestName().IsMatch(l.HeldBy), $"{l.Section} {l.Number} names no test."));
        Assert.All(Lines.Where(l => l.Below is not null), l => Assert.Equal(IsReached(l.Below!) ? "holds" : "missing", l.State));
    }

    [Fact]
    public void Every_test_that_the_list_names_exists()
    {
        var sources = SourceTree.Below("tests/", ".cs").Select(SourceTree.Text).ToList();
        var named = TestName().Matches(SourceTree.Text("docs/odata-conformance.md")).Select(m => (Class: m.Groups[1].Value, Method: m.Groups[2].Value)).Distinct();

        Assert.Empty(named.Where(t => !sources.Any(s => s.Contains($"class {t.Class}", StringComparison.Ordinal) && s.Contains($" {t.Method}(", StringComparison.Ordinal))));
    }

    [Fact]
    public void The_level_that_metadata_says_is_the_highest_that_the_lists_show()
    {
        var said = SaidLevel().Match(SourceTree.Text("portal/OData/ServiceCapabilities.cs")).Groups[1].Value;

        Assert.Equal(new[] { "Minimal", "Intermediate", "Advanced" }.TakeWhile(level => IsReached("4.01 " + level)).LastOrDefault(), said);
    }

    private static bool IsReached(string section) => Lines.Where(l => l.Section == section && l.Weight == "must").All(l => l.State != "missing");

    private static IEnumerable<Line> Read()
    {
        var section = "";
        foreach (var line in SourceTree.Text("docs/odata-conformance.md").Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = line[3..].Trim();
            }
            else if (line.StartsWith("| ", StringComparison.Ordinal) && line.Split('|', StringSplitOptions.TrimEntries) is [_, var number, var weight, _, var state, var held, _] && number != "#")
            {
                yield return new Line(section, number, weight, state, held);
            }
        }
    }

    [GeneratedRegex(@"`([A-Z]\w+Tests)\.(\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex("\"ConformanceLevelType\", \"(\\w+)\"")]
    private static partial Regex SaidLevel();

    [GeneratedRegex(@"^see (4\.\d+ \w+)$")]
    private static partial Regex LevelBelow();

    private sealed record Line(string Section, string Number, string Weight, string State, string HeldBy)
    {
        /// <summary>The level that this line asks for; null for all other lines.</summary>
        public string? Below => LevelBelow().Match(HeldBy) is { Success: true } match ? match.Groups[1].Value : null;
    }
}
