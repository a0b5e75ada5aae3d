using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Warehouse.Tests.Query;

/// <summary>The OASIS grammar cases for expressions: what must parse parses (or is named as not supported), what must not parse is refused.</summary>
public sealed class AbnfTests
{
    /// <summary>Where we differ, and why.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["$filter= true"] = "A space before an expression is harmless, and clients that build addresses by hand send it.",
        ["$orderby=Price/@Measures.Currency%23Reporting"] = "There are no instance annotations, so # is no sign of the language: 400 instead of 501.",
        ["$filter=Price/@Currency%23Reporting eq 'EUR'"] = "As above.",
        ["$select=Model.ActionName,Model.MostPopularName,Model.*"] = "There are no actions or functions to select: 400 instead of 501.",
        ["FirstName in (FirstName)"] = "There are no collections, so only a list of literals makes sense: 400 with a suggestion.",
    };

    [Fact]
    public void Every_case_goes_as_the_grammar_says() => Check();

    [Fact]
    public void Every_case_goes_as_the_grammar_says_under_a_vietnamese_culture() => Culture.Vietnamese(Check);

    private static void Check()
    {
        var wrong = new StringBuilder();
        var cases = 0;
        foreach (var line in File.ReadLines(Repository.File("tests/OpenData.Warehouse.Tests/Fixtures/odata-abnf/expressions.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var rule = json.RootElement.GetProperty("Rule").GetString()!;
            var input = json.RootElement.GetProperty("Input").GetString()!;
            var mustFail = json.RootElement.TryGetProperty("FailAt", out var at);
            var error = Record.Exception(() => Parse(rule, Uri.UnescapeDataString(input)));
            cases++;
            var named = error is OpenDataException failure && (mustFail || failure.Code == QueryErrors.NotSupported);
            if (mustFail == (error is not null) || (named && !mustFail))
            {
                Assert.False(Exceptions.ContainsKey(input), $"No exception any more: {input}");
                continue;
            }

            if (!Exceptions.ContainsKey(input))
            {
                wrong.Append(CultureInfo.InvariantCulture, $"{rule} {(mustFail ? $"must fail at {at}" : "must parse")}: {input}\n   {error?.Message}\n");
            }
        }

        Assert.True(cases > 200);
        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    private static void Parse(string rule, string input)
    {
        var limits = new QueryLimits();
        var text = rule is "filter" or "orderby" or "orderBy" or "select" ? Value(input) : input;
        switch (rule)
        {
            case "orderby" or "orderBy":
                ExpressionParser.ParseOrder(text, limits);
                break;
            case "select":
                ExpressionParser.ParseSelect(text, limits);
                break;
            default:
                ExpressionParser.Parse(text, limits);
                break;
        }
    }

    private static string Value(string option)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        return option[equals - 1] == ' '
            ? throw QueryErrors.Of(QueryErrors.UnknownOption, "A name does not end in a space.", "Tên không kết thúc bằng khoảng trắng.")
            : option[(equals + 1)..];
    }
}
