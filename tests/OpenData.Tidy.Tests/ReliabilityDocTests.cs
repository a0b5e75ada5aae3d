using System.Text.RegularExpressions;

namespace OpenData.Tidy.Tests;

/// <summary>docs/reliability.md names only tests that exist.</summary>
public sealed partial class ReliabilityDocTests
{
    private static readonly string Text = SourceTree.Text("docs/reliability.md");

    [Fact]
    public void Every_test_that_the_table_of_promises_names_exists()
    {
        var sources = SourceTree.Below("tests/", ".cs").Select(SourceTree.Text).ToList();
        var named = TestName().Matches(Text).Select(m => (Class: m.Groups[1].Value, Method: m.Groups[2].Value)).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Where(t => !sources.Any(s => s.Contains($"class {t.Class}", StringComparison.Ordinal) && s.Contains($" {t.Method}(", StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_promise_in_the_table_names_its_test()
        => Assert.All(PromiseLine().Matches(Text).Select(m => m.Value), line => Assert.Matches(TestName(), line));

    [GeneratedRegex(@"`([A-Z]\w+Tests)\.(\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^\| \d+ \|.*$", RegexOptions.Multiline)]
    private static partial Regex PromiseLine();
}
