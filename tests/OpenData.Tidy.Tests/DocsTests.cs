using System.Reflection;
using System.Text.RegularExpressions;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;

namespace OpenData.Tidy.Tests;

public sealed partial class DocsTests
{
    private static readonly Assembly[] Shipped =
    [
        typeof(ErrorCode).Assembly,
        typeof(Warehouse.Query.SqlText).Assembly,
        Assembly.Load("OpenData.Ingest"),
        Assembly.Load("OpenData.Portal"),
    ];

    private static readonly ErrorCode[] Codes =
    [
        .. from assembly in Shipped
           from type in assembly.GetTypes()
           from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
           where field.FieldType == typeof(ErrorCode)
           select (ErrorCode)field.GetValue(null)!,
    ];

    [Fact]
    public void Every_error_code_has_a_section_and_every_section_a_code()
    {
        var sections = Section().Matches(SourceTree.Text("docs/errors.md")).Select(m => m.Groups[1].Value);

        Assert.Equal(Codes.Select(c => c.Code).Order(StringComparer.Ordinal), sections.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_error_code_is_used_by_one_failure_only_and_has_titles_in_both_languages()
    {
        Assert.Equal(Codes.Length, Codes.Select(c => c.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.All(Codes, c => Assert.Matches("^OD[0-9]{4}$", c.Code));
        Assert.All(Codes, c => Assert.False(string.IsNullOrWhiteSpace(c.Title.Vi) || string.IsNullOrWhiteSpace(c.Title.En)));
    }

    [Fact]
    public void Every_option_is_in_the_operations_guide()
    {
        var guide = SourceTree.Text("docs/operations.md");
        var missing =
            from assembly in Shipped
            from type in assembly.GetTypes()
            where type.IsPublic && type.Name.EndsWith("Options", StringComparison.Ordinal)
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where property.Name != "EqualityContract"
            where !guide.Contains($"`{property.Name}`", StringComparison.Ordinal)
            select $"{type.Name}.{property.Name}";

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_environment_variable_that_the_code_reads_is_in_the_operations_guide()
    {
        var guide = SourceTree.Text("docs/operations.md");
        var names =
            from file in SourceTree.Files
            where file.EndsWith(".cs", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal)
            from match in EnvironmentVariable().Matches(SourceTree.Text(file))
            select match.Groups[1].Value;

        Assert.Empty(names.Distinct(StringComparer.Ordinal).Where(n => !guide.Contains($"`{n}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_relative_link_in_a_document_leads_to_a_file()
    {
        var broken =
            from file in SourceTree.Files
            where file.EndsWith(".md", StringComparison.Ordinal)
            from match in Link().Matches(SourceTree.Text(file))
            let target = match.Groups[1].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
            let path = Path.Combine(Path.GetDirectoryName(Repository.File(file))!, target)
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{file} → {target}";

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_verb_of_dev_that_a_document_names_exists_and_every_verb_is_in_the_README()
    {
        var verbs = Verb().Matches(SourceTree.Text("dev")).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var named =
            from file in SourceTree.Files
            where file.EndsWith(".md", StringComparison.Ordinal)
            from match in DevCall().Matches(SourceTree.Text(file))
            select match.Groups[1].Value;
        var readme = SourceTree.Text("README.md");

        Assert.Subset(verbs, named.ToHashSet(StringComparer.Ordinal));
        Assert.All(verbs, v => Assert.Contains($"./dev {v}", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_benchmark_is_described_and_every_one_that_is_described_exists()
    {
        var names = SourceTree.Below("tests/OpenData.Benchmarks/", ".cs").SelectMany(f => BenchmarkName().Matches(SourceTree.Text(f))).Select(m => m.Groups[1].Value);
        var described = DescribedBenchmark().Matches(SourceTree.Text("docs/performance.md")).Select(m => m.Groups[1].Value);

        Assert.Equal(names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), described.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_test_that_the_rules_of_odata_name_exists()
    {
        var named = TestName().Matches(SourceTree.Text("docs/odata.md")).Select(m => m.Groups[1].Value).ToList();
        var tests = string.Concat(SourceTree.Files.Where(f => f.StartsWith("tests/", StringComparison.Ordinal) && f.EndsWith("Tests.cs", StringComparison.Ordinal)).Select(SourceTree.Text));

        Assert.NotEmpty(named);
        Assert.Empty(named.Where(name => !tests.Contains($" {name}(", StringComparison.Ordinal)));
    }

    [Fact]
    public void Decisions_are_numbered_without_gaps_and_name_the_test_that_holds_them()
    {
        var decisions = SourceTree.Below("docs/decisions/", ".md").Select(Path.GetFileName).ToList();

        Assert.NotEmpty(decisions);
        for (var i = 0; i < decisions.Count; i++)
        {
            Assert.StartsWith($"{i + 1:0000}-", decisions[i], StringComparison.Ordinal);
            Assert.Contains("## Confirmation", SourceTree.Text($"docs/decisions/{decisions[i]}"), StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"^## (OD\d{4})", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex("""(?:GetEnvironmentVariable\(|Configuration\[|configuration\[|GetValue<[a-z]+>\()"([A-Z][A-Z0-9_]+)["]""")]
    private static partial Regex EnvironmentVariable();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^  ([a-z]+)(?: \|[^)]*)?\) \w+", RegexOptions.Multiline)]
    private static partial Regex Verb();

    [GeneratedRegex("""[wW]anted\("([a-z0-9-]+)"\)""")]
    private static partial Regex BenchmarkName();

    [GeneratedRegex("`((?:export|ingest|scoring|serve)[a-z0-9-]*)`")]
    private static partial Regex DescribedBenchmark();

    [GeneratedRegex("`([A-Z][a-z]*_[A-Za-z_]+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\./dev ([a-z]+)")]
    private static partial Regex DevCall();
}
