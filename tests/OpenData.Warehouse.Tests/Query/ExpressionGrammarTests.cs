using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Warehouse.Tests.Query;

/// <summary>
/// The OASIS cases of expressions, options and values: what must parse parses or is named as not supported, what must not parse is refused,
/// where the grammar says. Rules of whole addresses and headers are tested where those are read, in the portal.
/// </summary>
public sealed class ExpressionGrammarTests
{
    private const string Oasis = "tests/OpenData.Warehouse.Tests/Fixtures/odata-abnf/odata-abnf-testcases.jsonl";

    private static readonly string[] OfTheAddress =
    [
        "odataRelativeUri", "odataUri", "resourcePath", "queryOptions", "systemQueryOption", "customQueryOption", "entitySetName", "skiptoken",
        "deltatoken", "filter", "orderby", "orderBy", "select", "compute", "search", "expand", "context", "header", "prefer", "preference", "request-id", "includeAnnotationsPreference", "maxpagesizePreference",
    ];

    private static readonly QueryLimits Limits = new();

    private const string Beginning = "Refused, but the position is the beginning of the word or value that is wrong.";
    private const string Years = "Days go from year 1 to 9999.";
    private const string Finite = "The numbers of a decimal column are finite and have at most 38 digits.";
    private const string AnyText = "There are no enumerations: text is text, whatever it holds.";

    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["booleanValue: tRUe"] = "The case of true and false does not matter in path segments either.",
        ["date: 0000-01-01"] = Years,
        ["date: -10000-04-01"] = Years,
        ["dateTimeOffsetValue: 0000-01-01T00:00Z"] = Years,
        ["dateTimeOffsetValue: -10000-04-01T00:00Z"] = Years,
        ["dateTimeOffsetValue: 1972-06-30T23:59:60Z"] = "There are no leap seconds.",
        ["timeOfDayValue: 11:22:33.4444444"] = "Times have microseconds, six digits.",
        ["decimalValue: 1e-101"] = Finite,
        ["decimalValue: -INF"] = Finite,
        ["decimalValue: INF"] = Finite,
        ["decimalValue: NaN"] = Finite,
        ["primitiveValue: a1234567 89\rab\r\n              cdefABA"] = AnyText,
        ["enumValue: Solid%2CYellow"] = AnyText,
        ["enumValue: %2B42"] = AnyText,
        ["date: -INF"] = Beginning,
        ["dateTimeOffsetValue: -INF"] = Beginning,
        ["dateTimeOffsetValue: 2011-12-31T24:00Z"] = Beginning,
        ["dateTimeOffsetValue: 2011-12-31T24:00:00Z"] = Beginning,
        ["dateTimeOffsetValue: 2012-09-03T24:00-03:00"] = Beginning,
        ["timeOfDayValue: 24:00:00"] = Beginning,
        ["durationValue: P1Y6DT23H59M59.9999S"] = Beginning,
        ["durationValue: P1M6DT23H59M59.9999S"] = Beginning,
        ["boolCommonExpr: any()"] = Beginning,
        ["boolCommonExpr: all(lambda:true)"] = Beginning,
        ["odataIdentifier: 0time"] = "Refused, but the position is the letter behind the number.",
        ["decimalValue: 42."] = "Refused, but the position is the dot, which has no digit behind it.",
        ["guid: 01234567-89ab-cdef-456789abcdef"] = "Refused, but the position is the first letter: what is not wholly a GUID is a calculation.",
        ["boolCommonExpr: Products/all()"] = "Refused, but the position is the parenthesis before which the variable is missing.",
    };

    [Fact]
    public void Every_case_goes_as_the_grammar_says()
    {
        var report = Run(Oasis, Exceptions);

        Assert.True(report.Wrong.Length == 0, report.Wrong);
        Golden.Match(report.Listing);
        report.MatchDocument("docs/odata-grammar.md", "expressions");
    }

    [Theory]
    [InlineData("expressions.jsonl")]
    [InlineData("apply.jsonl")]
    public void Every_case_of_our_own_goes_as_it_says(string file)
    {
        var wrong = Run("tests/OpenData.Warehouse.Tests/Fixtures/grammar/" + file, new Dictionary<string, string>(StringComparer.Ordinal)).Wrong;
        Assert.True(wrong.Length == 0, wrong);
    }

    [Fact]
    public void Every_case_goes_as_the_grammar_says_under_a_vietnamese_culture() => Culture.Vietnamese(() => Assert.Equal("", Run(Oasis, Exceptions).Wrong));

    private static GrammarReport Run(string file, IReadOnlyDictionary<string, string> exceptions)
    {
        var report = new GrammarReport(exceptions);
        foreach (var one in GrammarCase.Read(file).Where(c => file != Oasis || !OfTheAddress.Contains(c.Rule)))
        {
            var (prefix, raw, suffix) = Parts(one);
            var error = Record.Exception(() => Parse(one.Rule, prefix + (IsEscaped(file, one) ? Uri.UnescapeDataString(raw) : raw) + suffix));
            Assert.True(error is null or OpenDataException, $"{one.Id}\n{error}");
            var failure = error as OpenDataException;
            report.Add(one, failure?.Code.Code, Place(one, failure, prefix, raw, IsEscaped(file, one)), failure?.Detail.En);
        }

        return report;
    }

    // Values of bodies and headers are no part of an address, and our own cases are the decoded texts.
    private static bool IsEscaped(string file, GrammarCase one) => file == Oasis && !one.Rule.EndsWith("Value", StringComparison.Ordinal);

    private static int? Place(GrammarCase one, OpenDataException? failure, string prefix, string raw, bool isEscaped)
    {
        if (failure?.Position is not { } position)
        {
            return null;
        }

        var start = one.Input.Length - raw.Length;
        return start + (isEscaped ? GrammarReport.RawPosition(raw, Math.Max(0, position - prefix.Length)) : position);
    }

    /// <summary>What is put before and behind the text so that an entry of ours reads it.</summary>
    private static (string Prefix, string Raw, string Suffix) Parts(GrammarCase one) => one.Rule switch
    {
        "anyExpr" => ("list/", one.Input, ""),
        "functionParameter" => ("f(", one.Input, ")"),
        "stringInUrl" => ("x in [", one.Input, "]"),
        _ => ("", one.Input, ""),
    };

    private static void Parse(string rule, string text)
    {
        switch (rule)
        {
            case "odataIdentifier":
                ExpressionParser.ParseSelect(text, Limits);
                break;
            case "select":
                ExpressionParser.ParseSelect(text, Limits);
                break;
            case "order":
                ExpressionParser.ParseOrder(text, Limits);
                break;
            case "compute":
                ExpressionParser.ParseCompute(text, Limits);
                break;
            case "expand":
                ExpandParser.Parse(text, Limits);
                break;
            case "alias":
                ExpressionParser.ParseAlias(text, Limits);
                break;
            case "key":
                KeyPart.Parse(text, Limits, position => QueryErrors.At(QueryErrors.BadKey, position, "No key.", "Không phải khóa."));
                break;
            case "apply":
                Searchable().Apply(text);
                break;
            case "search" or "searchExpr":
                SearchParser.Parse(text, Limits);
                break;
            default:
                if (TypeOf(rule) is not { } type)
                {
                    ExpressionParser.Parse(text, Limits);
                }
                else if (rule.EndsWith("Value", StringComparison.Ordinal))
                {
                    KeyReader.InSegments([text], KeyOf(type));
                }
                else
                {
                    KeyReader.InParentheses(text, KeyOf(type));
                }

                break;
        }
    }

    private static QueryScope Searchable()
    {
        var contract = SampleContract.Make();
        return new QueryScope(contract with { Columns = [.. contract.Columns.Select(c => c.Name == "note" ? c with { Search = true } : c)] }, Limits, DateTimeOffset.UnixEpoch);
    }

    // Where an address says what type a value must have: in a key.
    private static QueryScope KeyOf(ColumnType type)
    {
        var contract = SampleContract.Make();
        return new QueryScope(
            contract with { Columns = [.. contract.Columns, new ColumnContract("k", type, new LocalText("k", "k")) { Required = true }], Key = ["k"] }, Limits, DateTimeOffset.UnixEpoch);
    }

    private static ColumnType? TypeOf(string rule) => rule switch
    {
        "boolean" or "booleanValue" => new ColumnType(ColumnKind.Boolean),
        "date" or "dateValue" => new ColumnType(ColumnKind.Date),
        "dateTimeOffsetLiteral" or "dateTimeOffsetValue" or "dateTimeOffsetValueInUrl" => new ColumnType(ColumnKind.Timestamp),
        "timeOfDayLiteral" or "timeOfDayValue" => new ColumnType(ColumnKind.Time),
        "durationLiteral" or "durationValue" => new ColumnType(ColumnKind.Duration),
        "decimalLiteral" or "decimalValue" => new ColumnType(ColumnKind.Decimal, 38, 10),
        "doubleLiteral" or "doubleValue" or "singleLiteral" or "singleValue" => new ColumnType(ColumnKind.Float),
        "byteValue" or "sbyteLiteral" or "sbyteValue" or "int16Literal" or "int16Value" or "int32Literal" or "int32Value" or "int64Literal" or "int64Value"
            => new ColumnType(ColumnKind.Integer),
        "guid" => new ColumnType(ColumnKind.Uuid),
        "stringLiteral" or "primitiveValue" or "enumValue" => new ColumnType(ColumnKind.Text),
        _ => null,
    };
}
