using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OpenData.Tidy.Tests;

public sealed partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> References = new(StringComparer.Ordinal)
    {
        ["catalogs/OpenData.Catalogs.csproj"] = [],
        ["warehouse/bindings/DuckDB.NET.Bindings.csproj"] = [],
        ["warehouse/OpenData.Warehouse.csproj"] = ["OpenData.Catalogs", "DuckDB.NET.Bindings"],
        ["ingest/OpenData.Ingest.csproj"] = ["OpenData.Warehouse", "OpenData.Catalogs"],
        ["portal/OpenData.Portal.csproj"] = ["OpenData.Warehouse", "OpenData.Catalogs"],
        ["samples/OpenData.SampleAgencies/OpenData.SampleAgencies.csproj"] = [],
    };

    // Room → namespaces it must not know, and why.
    private static readonly (string Room, string Banned, string Why)[] RoomRules =
    [
        ("catalogs/", "DuckDB", "contracts know nothing of the engine"),
        ("catalogs/", "System.Net", "contracts know nothing of HTTP"),
        ("catalogs/", "Microsoft.AspNetCore", "contracts know nothing of HTTP"),
        ("warehouse/", "Microsoft.AspNetCore", "the warehouse knows nothing of HTTP"),
        ("warehouse/", "System.Net.Http", "the warehouse knows nothing of agencies"),
        ("ingest/", "Microsoft.AspNetCore", "the worker serves nobody"),
        ("portal/", "OpenData.Warehouse.Landing", "the portal reads published snapshots only"),
        ("portal/", "OpenData.Warehouse.Staging", "the portal reads published snapshots only"),
        ("portal/", "OpenData.Warehouse.Validation", "the portal reads published snapshots only"),
        ("portal/", "OpenData.Warehouse.Derivation", "the portal reads published snapshots only"),
        ("portal/", "OpenData.Ingest", "portal and ingest meet at published snapshots"),
        ("ingest/", "OpenData.Portal", "portal and ingest meet at published snapshots"),
        ("warehouse/Query/", "OpenData.Warehouse.Publishing", "a query knows a table, not how it came to be"),
        ("portal/", "DuckDB.NET", "the engine's rooms hand out chunks; nobody else sees DuckDB"),
        ("ingest/", "DuckDB.NET", "the engine's rooms hand out chunks; nobody else sees DuckDB"),
    ];

    public static TheoryData<string> Projects => [.. References.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_to_exactly_the_projects_the_design_gives_it(string project)
    {
        var found = XDocument.Parse(SourceTree.Text(project))
            .Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')));

        Assert.Equal(References[project].Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_outside_tests_has_a_rule()
    {
        var projects = SourceTree.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !f.StartsWith("tests/", StringComparison.Ordinal));

        Assert.Equal(References.Keys.Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_room_knows_only_what_it_may()
    {
        var offences =
            from rule in RoomRules
            from file in SourceTree.Below(rule.Room, ".cs")
            where !file.StartsWith("warehouse/bindings/", StringComparison.Ordinal)
            where Regex.IsMatch(SourceTree.Code(file), $@"\b{Regex.Escape(rule.Banned)}\b", RegexOptions.None, TimeSpan.FromSeconds(5))
            select $"{file} names {rule.Banned}: {rule.Why}.";

        Assert.Empty(offences);
    }

    [Fact]
    public void Only_the_engine_names_the_driver_of_DuckDB()
    {
        var offences = SourceTree.Below("warehouse/", ".cs")
            .Where(f => !f.StartsWith("warehouse/Engine/", StringComparison.Ordinal) && !f.StartsWith("warehouse/bindings/", StringComparison.Ordinal))
            .Where(f => SourceTree.Code(f).Contains("DuckDB.NET", StringComparison.Ordinal));

        Assert.Empty(offences);
    }

    [Fact]
    public void Command_text_is_set_only_in_the_engine()
    {
        var offences = ShippedCode()
            .Where(f => !f.StartsWith("warehouse/Engine/", StringComparison.Ordinal))
            .Where(f => CommandText().IsMatch(SourceTree.Code(f)));

        Assert.Empty(offences);
    }

    [Fact]
    public void No_drawer_for_leftovers_exists()
    {
        var offences = SourceTree.Files
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(f => Drawer().IsMatch(f));

        Assert.Empty(offences);
    }

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        var offences =
            from file in SourceTree.Files
            where file.EndsWith(".cs", StringComparison.Ordinal) && !file.EndsWith("ArchitectureTests.cs", StringComparison.Ordinal)
            from line in SourceTree.Text(file).Split('\n')
            where Unfinished().IsMatch(line)
            select $"{file}: {line.Trim()}";

        Assert.Empty(offences);
    }

    private static IEnumerable<string> ShippedCode()
        => SourceTree.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && !f.StartsWith("tests/", StringComparison.Ordinal)
            && !f.StartsWith("warehouse/bindings/", StringComparison.Ordinal));

    [GeneratedRegex(@"\bCommandText\s*=[^=]")]
    private static partial Regex CommandText();

    [GeneratedRegex(@"(Utils|Utilities|Helpers?|Common|Manager)(/|\.cs$|\.csproj$)", RegexOptions.IgnoreCase)]
    private static partial Regex Drawer();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|^\s*#region|NotImplementedException|Skip\s*=\s*""|Assert\.True\(true\)")]
    private static partial Regex Unfinished();
}
