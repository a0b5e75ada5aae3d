using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpenData.Catalogs.Errors;
using OpenData.Portal.OData;
using OpenData.TestKit;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.Tests.OData;

/// <summary>
/// The OASIS cases of whole addresses, read by what reads a request: percent escapes, path, options, and the parser of each option. Names are
/// not looked up, since the cases speak of another model.
/// </summary>
public sealed class AddressGrammarTests
{
    private const string Oasis = "tests/OpenData.Warehouse.Tests/Fixtures/odata-abnf/odata-abnf-testcases.jsonl";

    private static readonly string[] Rules =
    [
        "odataRelativeUri", "odataUri", "resourcePath", "queryOptions", "systemQueryOption", "customQueryOption", "entitySetName", "skiptoken", "deltatoken",
        "filter", "orderby", "orderBy", "select", "compute", "search", "expand", "context",
    ];

    private static readonly string[] Options =
        ["filter", "search", "select", "expand", "orderby", "top", "skip", "count", "compute", "apply", "skiptoken", "deltatoken", "format", "asof"];

    private static readonly QueryLimits Limits = new();

    private const string ForeignId = "No row here has that address: 404.";
    private const string NoCustomOption = "Nothing is ignored: an option that we do not know is 400, so that a misspelt one is noticed.";
    private const string Twice = "The protocol allows an option once, whatever the grammar says.";
    private const string OtherModel = "Only the cases' own model says that this has no such value.";

    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["odataUri: http://host/service/EmployeesByManager?ManagerID=3"] = NoCustomOption,
        ["odataUri: http://services.odata.org/OData/OData.svc/$metadata?$format=text/html&!special"] = NoCustomOption,
        ["odataUri: http://services.odata.org/OData/OData.svc/$batch?!special"] = NoCustomOption,
        ["customQueryOption: find=O%27Neil"] = NoCustomOption,
        ["customQueryOption: !deltatoken='201208210403'"] = NoCustomOption,
        ["customQueryOption: !special"] = NoCustomOption,
        ["queryOptions: find=O%27Neil&!special"] = NoCustomOption,
        ["queryOptions: $orderby=Name&!deltatoken=0412312321"] = NoCustomOption,
        ["queryOptions: $format=json&$Format=atom&$format=xml&$format=text/html"] = Twice,
        ["queryOptions: $format=JSON&$format=Atom&$format=XML&$format=text/html"] = Twice,
        ["odataRelativeUri: Categories(1)/Address/$value"] = OtherModel,
        ["odataRelativeUri: Categories(1)/Thumbnail/$value"] = OtherModel,
        ["context: #Customers(Address/AddressWithLocation,Orders)"] = "Contexts are made here, not read: what follows the # of a request never reaches a server.",
        ["context: #Employees(@Core.Messages/code,@Core.Messages/message,Title,DirectReports+(@Core.Messages%23second,FirstName,LastName))"]
            = "Contexts are made here, not read: what follows the # of a request never reaches a server.",
        ["odataRelativeUri: Categories/TheBestProduct()"] = "A key as segment may hold any characters.",
        ["odataUri: http://serviceRoot/Model.Container/$all?$search=blue"] = "The container has no segment of its own here: 404.",
        ["skiptoken: $skiptoken=Start@Next_Chunk:From?=Here!"] = "The token is well formed, but none of ours: 400.",
        ["odataRelativeUri: $entity?$id=http://host/path"] = ForeignId,
        ["odataRelativeUri: $entity?$id=urn:some:id"] = ForeignId,
        ["odataRelativeUri: $entity?$id=http://myservice/Customers('ALFKI')&$select=CompanyName,ContactName&$expand=Orders"]
            = "The address itself tells the type, so $select and $expand need no type behind $entity.",
        ["odataRelativeUri: $entity?id=urn:some:id"] = ForeignId,
        ["deltatoken: $deltatoken=A@Lot_Has:Changed?=Here!"] = "The token is well formed, but none of ours: 400.",
        ["resourcePath: Categories(ID=wrong)"] = "Refused, but the position is the beginning of the word that is no value.",
        ["filter: $filter= true"] = "A space before an expression is harmless, and clients that build addresses by hand send it.",
        ["expand: $expand=Category($levels=04)"] = "04 is 4.",
        ["queryOptions: $expand=Manager($search=a%3Bb)"] = "Inside $expand a semicolon parts options, escaped or not; words with one stand in quotes.",
        ["queryOptions: $expand=Manager($search=gr(een)"] = "Refused, but the position is the end, where the parenthesis is missing.",
    };

    [Fact]
    public void Every_address_goes_as_the_grammar_says()
    {
        var report = Run(GrammarCase.Read(Oasis).Where(c => Rules.Contains(c.Rule)), Exceptions);

        Assert.True(report.Wrong.Length == 0, report.Wrong);
        Golden.Match(report.Listing);
        report.MatchDocument("docs/odata-grammar.md", "addresses");
    }

    private static GrammarReport Run(IEnumerable<GrammarCase> cases, IReadOnlyDictionary<string, string> exceptions)
    {
        var report = new GrammarReport(exceptions);
        foreach (var one in cases)
        {
            var error = Record.Exception(() => Read(AsSent(one)));
            Assert.True(error is null or OpenDataException, $"{one.Id}\n{error}");
            var failure = error as OpenDataException;
            report.Add(one, failure?.Code.Code, Place(one, failure), failure?.Detail.En);
        }

        return report;
    }

    /// <summary>The target of a request for it. Clients keep a fragment to themselves.</summary>
    private static string AsSent(GrammarCase one)
    {
        var relative = one.Rule switch
        {
            "odataRelativeUri" or "resourcePath" or "entitySetName" => one.Input,
            "context" => "$metadata" + one.Input,
            "odataUri" => Root(one.Input) is { } root ? one.Input[root.Length..] : null,
            _ => "Products?" + one.Input,
        };
        return (relative is null ? one.Input : "/odata/" + relative).Split('#')[0];
    }

    private static string? Root(string address)
        => new[] { "http://host/service/", "http://services.odata.org/OData/OData.svc/", "http://serviceRoot/", "http://127.0.0.1:8080/MyService/", "http://My.Org:80/", "https://[2001:db8:85a3:8d3:1319:8a2e:370:7348]:8080/MyService/", "https://[v7.0]/MyService/" }
            .FirstOrDefault(r => address.StartsWith(r, StringComparison.Ordinal));

    internal static void Read(string target)
    {
        var context = new DefaultHttpContext();
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        var request = ODataRequest.Of(context, ODataEndpoints.Prefix);
        if (request.Segments.Count > 0 && request.Segments[0] is not ("$metadata" or "$batch" or "$all"))
        {
            if (ODataPath.IsById(request.Segments))
            {
                request = request.Dereferenced("http://myservice");
            }

            var path = ODataPath.Read(request.Segments, name => name == "OrderItems" ? 2 : 1);
            request = request with { PathFilters = path.Filters };
            if (path.KeyText is { } key)
            {
                Located.In(key, () => KeyPart.Parse(key, Limits, NoKey));
            }
        }

        var options = ODataOptions.Read(request, Options);
        IEnumerable<(string Name, string? Text)> texts =
        [
            .. options.PathFilters.Select(f => ("filter", (string?)f)),
            ("filter", options.Filter), ("orderby", options.OrderBy), ("select", options.Select), ("compute", options.Compute), ("search", options.Search),
            ("expand", options.Expand), ("skiptoken", options.SkipToken), ("deltatoken", options.DeltaToken),
            .. options.Aliases.Values.Select(v => ("alias", (string?)v)),
        ];
        foreach (var (name, text) in texts)
        {
            if (text is not null)
            {
                Located.In(text, () => Parse(name, text));
            }
        }
    }

    private static object Parse(string option, string text) => option switch
    {
        "filter" => ExpressionParser.Parse(text, Limits),
        "orderby" => ExpressionParser.ParseOrder(text, Limits),
        "select" => ExpressionParser.ParseSelect(text, Limits),
        "compute" => ExpressionParser.ParseCompute(text, Limits),
        "search" => SearchParser.Parse(text, Limits),
        "skiptoken" => PageToken.Parse(text),
        "deltatoken" => DeltaToken.Parse(text),
        "expand" => ExpandParser.Parse(text, Limits).SelectMany(i => i.Options).Select(o => Located.In(o.Value, () => Parse(o.Name, o.Value))).ToList(),
        _ => ExpressionParser.ParseAlias(text, Limits),
    };

    private static OpenDataException NoKey(int position) => QueryErrors.At(QueryErrors.BadKey, position, "No key.", "Không phải khóa.");

    /// <summary>The failure's position in the case, by the text in which it counts.</summary>
    private static int? Place(GrammarCase one, OpenDataException? failure)
    {
        if (failure?.Position is not { } position || failure.Text is not { } text)
        {
            return null;
        }

        // The last place where the text stands, escaped as it may be; for an empty text the end.
        var sent = one.Input.Split('#')[0];
        for (var start = sent.Length; start >= 0; start--)
        {
            for (var length = text.Length; start + length <= sent.Length; length++)
            {
                var raw = sent.Substring(start, length);
                if (Uri.UnescapeDataString(raw) == text)
                {
                    return start + GrammarReport.RawPosition(raw, position);
                }
            }
        }

        return null;
    }
}
