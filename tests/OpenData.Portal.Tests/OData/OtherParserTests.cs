using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.OData;
using OpenData.TestKit;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;
using Xunit.Abstractions;

namespace OpenData.Portal.Tests.OData;

/// <summary>
/// Generated queries read by our parser and by Microsoft.OData.Core's, over the same model: both take a query and understand the same by it, or
/// both refuse it. What is known to differ is listed with its reason, and must differ.
/// </summary>
public sealed partial class OtherParserTests(ITestOutputHelper output)
{
    private const ulong Seed = 20_261_127;
    private const int Size = 50;

    private static readonly DatasetContract Trees = new(
        "trees",
        new LocalText("Cây", "Trees"),
        new LocalText("Cây", "Trees"),
        [
            Column("id", new ColumnType(ColumnKind.Integer)), Column("quarter", new ColumnType(ColumnKind.Integer)), Column("name", new ColumnType(ColumnKind.Text)),
            Column("note", new ColumnType(ColumnKind.Text)), Column("fee", new ColumnType(ColumnKind.Decimal, 14, 2)), Column("height", new ColumnType(ColumnKind.Float)),
            Column("alive", new ColumnType(ColumnKind.Boolean)), Column("planted_on", new ColumnType(ColumnKind.Date)), Column("seen_at", new ColumnType(ColumnKind.Timestamp)),
            Column("opens", new ColumnType(ColumnKind.Time)), Column("age", new ColumnType(ColumnKind.Duration)), Column("uid", new ColumnType(ColumnKind.Uuid)),
            Column("tags", new ColumnType(ColumnKind.List, Item: new ColumnType(ColumnKind.Text))),
        ],
        ["id"],
        new SourceBinding("manual"))
    {
        Publisher = "so_noi_vu",
        Theme = "environment",
        License = "vn_open_1",
    };

    private static readonly EdmModel Model = MakeModel();

    /// <summary>One query for each difference.</summary>
    private static readonly (string Option, string Text)[] Differing =
        [("filter", "-fee eq -height"), ("orderby", "2.5 mul 2"), ("select", ""), ("filter", "null in (1)"), ("filter", "tags eq null"), ("filter", "name in tags"), ("filter", "age eq 'PT1H'"), ("filter", "seen_at ge 2025-07-01")];

    /// <summary>Where the two differ, and why that is right.</summary>
    private static readonly (string Reason, Func<Pair, bool> Is)[] Known =
    [
        ("They do not mix decimals and doubles; by OData's numeric promotion they mix.", p => p.Theirs is null && p.Because.Contains("incompatible types", StringComparison.Ordinal) && Mixed().IsMatch(p.Because)),
        ("A literal with a point or an exponent is a double for them; here it is exact.", p => p.Theirs is not null && p.Ours?.Replace("Edm.Decimal", "Edm.Double", StringComparison.Ordinal) == p.Theirs.Replace("Edm.Decimal", "Edm.Double", StringComparison.Ordinal)),
        ("They take an empty option for none; the grammar has no empty ones.", p => p is { Text: "", Ours: null }),
        ("They take a list column after in, which is 501 here.", p => p.Ours is null && p.Why.Contains("after in", StringComparison.Ordinal)),
        ("A day beside an instant is its midnight in the dataset's zone here.", p => p.Ours is { } ours && Midnight().Replace(ours, m => DateOnly.ParseExact(m.Groups[1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) == p.Theirs),
        ("They are of 4.0, where a duration has its prefix.", p => p.Theirs is null && p.Because.Contains("Edm.Duration", StringComparison.Ordinal) && p.Because.Contains("Edm.String", StringComparison.Ordinal)),
        ("They fail of themselves on null in a list.", p => p.Theirs is null && p.Because.Contains("elementType", StringComparison.Ordinal)),
        ("They do not compare a list with null; here a missing list is told from an empty one.", p => p.Theirs is null && p.Text.Contains("tags ", StringComparison.Ordinal) && p.Because.Contains("not a single value", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Generated_queries_are_understood_alike_or_refused_alike()
    {
        (string Option, string Text)[] queries = [.. Differing, .. QueryTexts.All().Sample(RunScale.IsSoak ? 50_000 : 4_000, new Rnd(Seed), Size)];
        var tally = new Dictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<string>();
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (option, text) in queries)
        {
            var (ours, why) = Ours(option, text);
            var (theirs, because) = Theirs(option, text);
            var outcome = ours is null ? theirs is null ? "both refuse" : "we refuse" : theirs is null ? "they refuse" : ours == theirs ? "alike" : "other tree";
            var pair = new Pair(option, text, ours, why, theirs, because);
            var reason = outcome is "alike" or "both refuse" ? null : Known.FirstOrDefault(k => k.Is(pair)).Reason;
            tally[reason ?? outcome] = tally.GetValueOrDefault(reason ?? outcome) + 1;
            if (reason is not null)
            {
                met.Add(reason);
            }
            else if (outcome is not ("alike" or "both refuse"))
            {
                wrong.Add($"{outcome}: ${option}={text}\n  ours   {ours ?? why}\n  theirs {theirs ?? because}");
            }
        }

        output.WriteLine(string.Join('\n', tally.Select(t => $"{t.Value} {t.Key}")));
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {queries.Length}\n{string.Join('\n', wrong.Take(40))}");
        Assert.Equal(Known.Select(k => k.Reason).Order(StringComparer.Ordinal), met.Order(StringComparer.Ordinal));
        Assert.True(tally["alike"] > queries.Length / 2, "Too few of the queries are right ones.");
    }

    private static ColumnContract Column(string name, ColumnType type) => new(name, type, new LocalText(name, name)) { Required = name == "id" };

    private static EdmModel MakeModel()
    {
        var model = new EdmModel();
        var type = new EdmEntityType("OpenData", "trees");
        foreach (var column in Trees.Columns)
        {
            var property = type.AddStructuralProperty(column.Name, EdmModelFactory.Type(column, !column.Required));
            if (column.Name == "id")
            {
                type.AddKeys(property);
            }
        }

        model.AddElement(type);
        var container = new EdmEntityContainer("OpenData", "Container");
        container.AddEntitySet("trees", type);
        model.AddElement(container);
        return model;
    }

    private static (string? Form, string Why) Ours(string option, string text)
    {
        try
        {
            var scope = new QueryScope(Trees, new QueryLimits(), DateTimeOffset.UnixEpoch);
            return (option switch
            {
                "filter" => NormalForm.Of(scope.Filter(text)),
                "orderby" => string.Join(',', scope.OrderBy(text).Select(t => NormalForm.Of(t.Key) + (t.Descending ? " desc" : " asc") + ":" + NormalForm.Kind(t.Key.Type.EdmName))),
                "select" => string.Join(',', scope.Select(text).Select(c => c.Name)),
                _ => Paging(option, text),
            }, "");
        }
        catch (OpenDataException failure)
        {
            return (null, failure.Message);
        }
    }

    private static string Paging(string option, string text)
    {
        var options = ODataOptions.Read([KeyValuePair.Create("$" + option, text)], option);
        return option switch
        {
            "top" => options.Top!.Value.ToString(CultureInfo.InvariantCulture),
            "skip" => options.Skip.ToString(CultureInfo.InvariantCulture),
            _ => options.Count.ToString(),
        };
    }

    private static (string? Form, string Why) Theirs(string option, string text)
    {
        var type = (IEdmEntityType)Model.FindDeclaredType("OpenData.trees");
        var parser = new ODataQueryOptionParser(Model, type, Model.FindDeclaredEntitySet("trees"), new Dictionary<string, string> { ["$" + option] = text })
        {
            Resolver = new ODataUriResolver { EnableCaseInsensitive = true },
        };
        try
        {
            return (option switch
            {
                "filter" => parser.ParseFilter() is { } filter ? NormalForm.Of(filter.Expression) : "",
                "orderby" => string.Join(',', Terms(parser.ParseOrderBy())),
                "select" => Selected(parser.ParseSelectAndExpand()),
                "top" => parser.ParseTop()!.Value.ToString(CultureInfo.InvariantCulture),
                "skip" => parser.ParseSkip()!.Value.ToString(CultureInfo.InvariantCulture),
                _ => parser.ParseCount()!.Value.ToString(),
            }, "");
        }
        catch (Exception failure) when (failure is ODataException or ArgumentException or FormatException or OverflowException)
        {
            return (null, failure.Message);
        }
    }

    [GeneratedRegex("'Edm.Decimal' and 'Edm.(Single|Double)'|'Edm.(Single|Double)' and 'Edm.Decimal'")]
    private static partial Regex Mixed();

    [GeneratedRegex(@"(\d{4}-\d\d-\d\d)T17:00:00\.000000Z")]
    private static partial Regex Midnight();

    private static IEnumerable<string> Terms(OrderByClause? clause)
    {
        for (; clause is not null; clause = clause.ThenBy)
        {
            // A constant orders nothing; in one query now() is one.
            if (NormalForm.Bare(clause.Expression) is not (ConstantNode or SingleValueFunctionCallNode { Name: "now" }))
            {
                yield return NormalForm.Of(clause.Expression) + (clause.Direction == OrderByDirection.Descending ? " desc" : " asc") + ":"
                    + NormalForm.Kind(NormalForm.Bare(clause.Expression).TypeReference?.FullName() ?? "null");
            }
        }
    }

    private static string Selected(SelectExpandClause clause)
    {
        var names = clause.SelectedItems.OfType<PathSelectItem>().Select(i => i.SelectedPath.FirstSegment.Identifier).ToHashSet(StringComparer.Ordinal);
        return string.Join(',', Trees.Columns.Select(c => c.Name).Where(n => clause.AllSelected || clause.SelectedItems.OfType<WildcardSelectItem>().Any() || names.Contains(n)));
    }

    private sealed record Pair(string Option, string Text, string? Ours, string Why, string? Theirs, string Because);
}
