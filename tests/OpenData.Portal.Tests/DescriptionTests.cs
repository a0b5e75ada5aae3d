using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenData.Portal.Tests.OData;
using OpenData.TestKit;

namespace OpenData.Portal.Tests;

/// <summary>The OpenAPI description of a dataset, held to the standard by another's validator and to the running portal.</summary>
public sealed class DescriptionTests(EveryTypeFixture fixture) : IClassFixture<EveryTypeFixture>, IDisposable
{
    /// <summary>Parameter → a value that works for things.</summary>
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["$filter"] = "level ge 1",
        ["$search"] = "ghe",
        ["$select"] = "id,tags",
        ["$orderby"] = "name desc",
        ["$top"] = "1",
        ["$skip"] = "1",
        ["$count"] = "true",
        ["$compute"] = "level add 1 as more",
        ["$apply"] = "filter(level ge 1)",
        ["columns"] = "id,tags",
        ["where"] = "level ge 1",
        ["search"] = "ghe",
        ["order"] = "name desc",
        ["limit"] = "1",
        ["asof"] = "2999-01-01",
    };

    private readonly TestFolder _folder = new();

    private HttpClient Client => fixture.Portal.Client;

    public void Dispose() => _folder.Dispose();

    [NodeFact]
    public async Task Every_description_is_valid_OpenAPI()
    {
        foreach (var dataset in new[] { "things", "codes" })
        {
            Assert.Empty(await NodeCheck.OpenApiAsync(_folder.Write("openapi.json", await Client.GetStringAsync($"datasets/{dataset}/openapi.json"))));
        }

        var broken = (await Client.GetStringAsync("datasets/things/openapi.json")).Replace("\"responses\"", "\"answers\"", StringComparison.Ordinal);
        Assert.NotEmpty(await NodeCheck.OpenApiAsync(_folder.Write("broken.json", broken)));
    }

    [Fact]
    public async Task Every_path_answers_in_every_type_and_takes_every_parameter_that_it_names()
    {
        var paths = (await DescriptionAsync("things"))["paths"]!.AsObject();
        foreach (var (path, item) in paths)
        {
            var address = path.Replace("{id}", "A001", StringComparison.Ordinal)[1..];
            var types = item!["get"]!["responses"]!["200"]!["content"]!.AsObject().Select(c => c.Key).ToList();
            foreach (var type in types)
            {
                using var response = await fixture.Portal.GetAsync(address, "Accept", type);
                Assert.True(response.StatusCode == HttpStatusCode.OK && response.Content.Headers.ContentType!.MediaType == type, $"{address} as {type}: {response}");
            }

            foreach (var parameter in item["get"]!["parameters"]!.AsArray().Where(p => (string?)p!["in"] == "query"))
            {
                var name = (string)parameter!["name"]!;
                var values = parameter["schema"]!["enum"] is JsonArray choices ? choices.Select(c => (string)c!) : [Values[name]];
                foreach (var value in values)
                {
                    using var response = await Client.GetAsync($"{address}?{name}={Uri.EscapeDataString(value)}");
                    Assert.True(response.StatusCode == HttpStatusCode.OK, $"{address}?{name}={value}: {await response.Content.ReadAsStringAsync()}");
                    Assert.Contains(response.Content.Headers.ContentType!.MediaType, types);
                }
            }
        }

        Assert.Equal(4 + 10, paths.Count);
    }

    [NodeTheory]
    [InlineData("things", "odata/things", "Page")]
    [InlineData("things", "odata/things('A001')", "Entity")]
    [InlineData("things", "api/v1/datasets/things/rows", "Row")]
    [InlineData("codes", "datasets/codes.json", "Row")]
    [InlineData("things", "odata/things?$filter=nothing", "ODataError")]
    [InlineData("things", "api/v1/datasets/things/rows?where=nothing", "Problem")]
    public async Task Answers_are_what_their_schema_says(string dataset, string address, string schema)
    {
        var description = await DescriptionAsync(dataset);
        var whole = JsonNode.Parse(await (await Client.GetAsync(address)).Content.ReadAsStringAsync())!;
        description["$ref"] = "#/components/schemas/" + schema;
        var schemaFile = _folder.Write("schema.json", description.ToJsonString());
        foreach (var answer in whole is JsonArray rows ? rows.ToList() : [whole])
        {
            Assert.Empty(await NodeCheck.SchemaAsync(_folder.Write("answer.json", answer!.ToJsonString()), schemaFile));
        }

        var wrong = JsonNode.Parse("""{"value":[{"level":"5"}],"level":"5","id":7,"error":7,"status":"x"}""")!;
        Assert.NotEmpty(await NodeCheck.SchemaAsync(_folder.Write("answer.json", wrong.ToJsonString()), schemaFile));
    }

    [Fact]
    public async Task Relations_are_told_where_callers_may_follow_them()
    {
        Assert.Equal("Kèm các dòng liên quan: things_of.", await ExpandAsync("codes"));
        Assert.Null(await ExpandAsync("things"));
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync("odata/codes?$expand=things_of")).StatusCode);

        async Task<string?> ExpandAsync(string dataset) => (await DescriptionAsync(dataset))["paths"]!["/odata/" + dataset]!["get"]!["parameters"]!.AsArray()
            .Where(p => (string?)p!["name"] == "$expand").Select(p => (string?)p!["description"]).SingleOrDefault();
    }

    [Fact]
    public async Task Columns_have_the_words_units_and_rules_of_the_contract()
    {
        var row = (await DescriptionAsync("things"))["components"]!["schemas"]!["Row"]!["properties"]!;

        Assert.Equal("""{"type":"string","pattern":"^(?:[A-Z][0-9]{3})$","title":"Mã"}""", Text(row["id"]));
        Assert.Equal("""{"type":["number","null"],"format":"decimal","minimum":0.5,"title":"Giá","x-unit":"VND"}""", Text(row["price"]));
        Assert.Equal("""{"type":["string","null"],"enum":["tốt","kém",null],"title":"Tình trạng"}""", Text(row["state"]));
        Assert.Equal("""{"type":["array","null"],"items":{"type":"string"},"title":"Nhãn"}""", Text(row["tags"]));
        Assert.Null((await DescriptionAsync("codes"))["components"]!["schemas"]!["Row"]!["properties"]!["level"]!["minimum"]);

        static string Text(JsonNode? node) => node!.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    [Fact]
    public async Task It_speaks_the_callers_language_and_knows_nothing_personal()
    {
        using var english = await fixture.Portal.GetAsync("datasets/things/openapi.json", "Accept-Language", "en");
        var text = await english.Content.ReadAsStringAsync();
        Assert.Equal("Things", (string?)JsonNode.Parse(text)!["info"]!["title"]);
        Assert.Equal("Đồ vật", (string?)(await DescriptionAsync("things"))["info"]!["title"]);
        Assert.Contains("Accept-Language", english.Headers.Vary);
        Assert.Equal("en", english.Content.Headers.ContentLanguage.Single());
        Assert.DoesNotContain("owner", text, StringComparison.Ordinal);
        Assert.DoesNotContain(TestTown.Planted, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_kept_by_its_tag_and_refuses_what_it_does_not_know()
    {
        using var first = await Client.GetAsync("datasets/things/openapi.json");
        using var again = await fixture.Portal.GetAsync("datasets/things/openapi.json", "If-None-Match", first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.False(first.Headers.Contains("OData-Version"));
        foreach (var (address, status, code) in new[] { ("things/openapi.json?x=1", 400, "OD9027"), ("nothing/openapi.json", 404, "OD9030"), ("things/openapi.json?asof=2001-01-01", 404, "OD1219") })
        {
            using var refused = await Client.GetAsync("datasets/" + address);
            Assert.Equal(status, (int)refused.StatusCode);
            Assert.Equal(code, (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["code"]);
        }
    }

    [Fact]
    public async Task The_page_of_the_dataset_leads_to_it()
        => Assert.Contains("href=\"/datasets/things/openapi.json\"", await Client.GetStringAsync("datasets/things"), StringComparison.Ordinal);

    private async Task<JsonNode> DescriptionAsync(string dataset) => JsonNode.Parse(await Client.GetStringAsync($"datasets/{dataset}/openapi.json"))!;
}
