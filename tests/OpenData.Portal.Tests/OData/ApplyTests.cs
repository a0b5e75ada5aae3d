using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using ExcelDataReader;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Portal.OData;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.Tests.OData;

public sealed class ApplyTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private const string ByCover = "$apply=groupby((covered),aggregate($count as n,stalls with sum as total))";

    [Fact]
    public async Task Groups_are_a_page_with_their_columns_and_the_types_that_metadata_does_not_tell()
    {
        var page = await PageAsync($"odata/markets?{ByCover}&$count=true");

        Assert.EndsWith("/$metadata#markets(covered,n,total)", page.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, page.GetProperty("@odata.count").GetInt32());
        Assert.Equal(
            ["""{"covered":null,"n@odata.type":"#Int64","n":1,"total@odata.type":"#Decimal","total":null}""", """{"covered":false,"n@odata.type":"#Int64","n":1,"total@odata.type":"#Decimal","total":80}""", """{"covered":true,"n@odata.type":"#Int64","n":2,"total@odata.type":"#Decimal","total":1265}"""],
            page.GetProperty("value").EnumerateArray().Select(r => r.GetRawText()));
    }

    [Theory]
    [InlineData("", "n", "1 1 2")]
    [InlineData("&$orderby=n desc,covered", "covered", "true null false")]
    [InlineData("&$filter=total gt 100", "n", "2")]
    [InlineData("&$compute=n mul 10 as ten&$select=ten&$orderby=ten desc", "ten", "20 10 10")]
    [InlineData("&$top=2&$skip=1", "total", "80 1265")]
    [InlineData("&$orderby=total desc&$top=1", "total", "1265")]
    public async Task Options_speak_of_the_result_to_the_last_page(string options, string column, string values)
    {
        var found = new List<string>();
        for (var next = $"odata/markets?{ByCover}{options}"; next is not null;)
        {
            var page = await PageAsync(next, 1);
            found.AddRange(page.GetProperty("value").EnumerateArray().Select(r => r.GetProperty(column).GetRawText()));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.Equal(values.Split(' '), found);
    }

    [Fact]
    public async Task A_total_lacks_the_column_that_it_sums_up_and_a_missing_value_is_null()
    {
        var page = await PageAsync("odata/markets?$apply=compute(stalls div 100 as size)/groupby((rollup(covered,size)),aggregate($count as n))");

        Assert.Equal(
            [
                """{"covered":null,"size@odata.type":"#Int64","size":null,"n@odata.type":"#Int64","n":1}""", """{"covered":null,"n@odata.type":"#Int64","n":1}""",
                """{"covered":false,"size@odata.type":"#Int64","size":0,"n@odata.type":"#Int64","n":1}""", """{"covered":false,"n@odata.type":"#Int64","n":1}""",
                """{"covered":true,"size@odata.type":"#Int64","size":0,"n@odata.type":"#Int64","n":1}""", """{"covered":true,"size@odata.type":"#Int64","size":12,"n@odata.type":"#Int64","n":1}""",
                """{"covered":true,"n@odata.type":"#Int64","n":2}""",
            ],
            page.GetProperty("value").EnumerateArray().Select(r => r.GetRawText()));
    }

    [Theory]
    [InlineData("concat(groupby((covered),aggregate($count as n)),aggregate(stalls with sum as total))&$orderby=n desc", """{"covered":true,"n":2} {"covered":null,"n":1} {"covered":false,"n":1} {"total":1345}""")]
    [InlineData("concat(aggregate(stalls with sum as total),filter(covered)/groupby((name)))&$select=name", """{} {"name":"Chợ Túc Duyên"} {"name":"Chợ Đồng Quang"}""")]
    [InlineData("concat(groupby((rollup(covered,market_id))),aggregate($count as n))&$filter=covered and market_id eq null or n gt 0", """{"covered":true} {"n":4}""")]
    [InlineData("search(chợ thái)/groupby((market_id))", """{"market_id":"0002"}""")]
    [InlineData("search(\"trung tâm\" OR đồng)/groupby((market_id))", """{"market_id":"0001"} {"market_id":"0002"}""")]
    [InlineData("orderby(stalls desc)/top(2)&$select=market_id", """{"market_id":"0001"} {"market_id":"0002"}""")]
    [InlineData("orderby(market_id desc)&$select=market_id&$skip=1&$top=2", """{"market_id":"0003"} {"market_id":"0002"}""")]
    [InlineData("groupby((covered),topcount(1,stalls))&$select=market_id,covered&$filter=covered", """{"market_id":"0001","covered":true}""")]
    public async Task Rows_have_the_columns_of_their_own_branch_on_every_page(string apply, string rows)
    {
        var found = new List<string>();
        for (var next = $"odata/markets?$apply={apply}"; next is not null;)
        {
            using var response = await fixture.Portal.GetAsync(next, "Accept", "application/json;odata.metadata=none");
            var page = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            found.AddRange(page.GetProperty("value").EnumerateArray().Select(r => r.GetRawText()));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.Equal(rows, string.Join(' ', found));
    }

    [Fact]
    public async Task A_result_that_is_kept_is_given_only_to_those_who_want_it_in_that_form()
    {
        const string query = "odata/markets?$apply=groupby((market_id),aggregate(stalls with sum as total))&$orderby=market_id desc";
        var texts = new List<string>();
        foreach (var wish in new[] { "maxpagesize=2", "maxpagesize=2,omit-values=nulls", "maxpagesize=2" })
        {
            using var response = await fixture.Portal.GetAsync(query, "Prefer", wish);
            texts.Add(await response.Content.ReadAsStringAsync());
        }

        Assert.Contains("\"total\":null", texts[0], StringComparison.Ordinal);
        Assert.DoesNotContain("\"total\":null", texts[1], StringComparison.Ordinal);
        Assert.Equal(texts[0], texts[2]);
    }

    [Fact]
    public async Task In_a_file_a_total_has_an_empty_cell()
        => Assert.Equal(
            "covered,size,n\n,,1\n,,1\nfalse,0,1\nfalse,,1\ntrue,0,1\ntrue,12,1\ntrue,,2\n",
            await fixture.Client.GetStringAsync("odata/markets?$apply=compute(stalls div 100 as size)/groupby((rollup(covered,size)),aggregate($count as n))&$format=csv"));

    [Fact]
    public async Task Pages_are_cut_from_one_result_and_another_result_of_the_same_query_is_gone()
    {
        const string query = "odata/markets?$apply=groupby((market_id),aggregate(share with sum as total))&$orderby=total desc";
        var first = await PageAsync(query, 1);
        var kept = fixture.Portal.App.Services.GetRequiredService<RecentlyUsed<MadeRows>>().Bytes;
        var link = first.GetProperty("@odata.nextLink").GetString()!;
        var (address, text) = (link[..(link.IndexOf("skiptoken=", StringComparison.Ordinal) + 10)], link[(link.IndexOf("skiptoken=", StringComparison.Ordinal) + 10)..]);
        var token = PageToken.Parse(text);
        using var other = await fixture.Portal.GetAsync(address + (token with { ResultMark = token.ResultMark ^ 2 }), "Prefer", "maxpagesize=1");
        var second = await PageAsync(link, 1);

        Assert.True(kept > 0);
        Assert.Equal(1, token.Position);
        Assert.Equal(HttpStatusCode.Gone, other.StatusCode);
        Assert.Contains("OD1215", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("0001", second.GetProperty("value")[0].GetProperty("market_id").GetString());
    }

    [Theory]
    [InlineData("markets/$count?$apply=groupby((covered))", "3")]
    [InlineData("markets/$count?$apply=groupby((covered))&$filter=covered", "1")]
    [InlineData("markets/$filter(stalls gt 50)/$count?$apply=groupby((covered))", "2")]
    [InlineData("markets?$apply=aggregate($count as n)&$format=csv", "n\n4\n")]
    [InlineData("markets/$filter(stalls gt 50)?$apply=aggregate($count as n)&$format=csv", "n\n2\n")]
    [InlineData("markets?$apply=filter(covered)/compute(stalls div 5 as tables)/groupby((tables))&$format=csv", "tables\n3\n250\n")]
    [InlineData("markets?$apply=topcount(1,stalls)&$select=market_id&$format=csv", "market_id\n0001\n")]
    [InlineData("markets?$apply=filter(covered)&$filter=market_id eq '0004'&$select=market_id&$format=csv", "market_id\n0004\n")]
    public async Task Counts_paths_and_files_take_transformations_too(string address, string answer)
        => Assert.Equal(answer, await fixture.Client.GetStringAsync($"odata/{address}"));

    [Theory]
    [InlineData("markets/$filter(stalls gt 1)%2Faggregate($count as n)%2Ffilter(true)?$apply=identity", "OD1201", 11)]
    [InlineData("markets/$filter(foo eq 1)?$apply=identity", "OD1202", 0)]
    [InlineData("markets/$filter(true)?$apply=aggregate(foo with sum as x)", "OD1202", 10)]
    public async Task A_filter_of_the_path_is_one_expression_with_positions_of_its_own(string address, string code, int position)
    {
        using var response = await fixture.Client.GetAsync("odata/" + address);
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");

        Assert.Equal((code, position), (error.GetProperty("code").GetString(), error.GetProperty("innererror").GetProperty("position").GetInt32()));
    }

    [Theory]
    [InlineData("xlsx")]
    [InlineData("parquet")]
    [InlineData("arrow")]
    [InlineData("arrows")]
    [InlineData("ndjson")]
    public async Task Every_format_takes_groups(string format)
        => Assert.NotEmpty(await fixture.Client.GetByteArrayAsync($"odata/markets?{ByCover}&$format={format}"));

    [Fact]
    public async Task Sums_and_counts_are_numbers_in_a_workbook_when_Excel_can_hold_them()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = await fixture.Client.GetByteArrayAsync(
            "odata/markets?$apply=groupby((covered),aggregate($count as n,turnover with sum as total))/compute(n mul 1000000000000000 as long,date(2026-01-02T00:00:00Z) as day)&$filter=covered&$format=xlsx");
        using var book = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(bytes));
        book.Read();
        var head = Enumerable.Range(0, 5).Select(book.GetString).ToList();
        book.Read();

        Assert.Equal(["covered", "n", "total", "long", "day"], head);
        Assert.Equal<object>([true, 2.0, 1234567.85, "2000000000000000", new DateTime(2026, 1, 2)], Enumerable.Range(0, 5).Select(book.GetValue));
    }

    [Theory]
    [InlineData("$apply=join(name as n)", 501, "OD1205")]
    [InlineData("$apply=search()", 400, "OD1201")]
    [InlineData("$apply=search(chợ", 400, "OD1201")]
    [InlineData("$apply=groupby((name,note))/search(chợ)", 501, "OD1205")]
    [InlineData("$apply=groupby((covered))&$search=chợ", 501, "OD1205")]
    [InlineData("$apply=groupby((covered))&$filter=name eq 'x'", 400, "OD1202")]
    [InlineData("$apply=groupby((covered),aggregate(stalls with sum as x'><b>))", 400, "OD1201")]
    [InlineData("$apply=", 400, "OD1201")]
    [InlineData("$apply=compute(stalls mul 9223372036854775807 as x)/aggregate(x with sum as y)", 400, "OD1212")]
    public async Task What_cannot_be_applied_is_named(string options, int status, string code)
    {
        using var response = await fixture.Client.GetAsync($"odata/markets?{options}");
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");

        Assert.Equal((status, code), ((int)response.StatusCode, error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Every_transformation_that_metadata_names_works_and_no_other()
    {
        var examples = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["aggregate"] = "aggregate($count as n)",
            ["groupby"] = "groupby((name))",
            ["filter"] = "filter(stalls gt 1)",
            ["compute"] = "compute(stalls as s)",
            ["identity"] = "identity",
            ["topcount"] = "topcount(1,stalls)",
            ["bottomcount"] = "bottomcount(1,stalls)",
            ["concat"] = "concat(identity,identity)",
            ["search"] = "search(x)",
            ["orderby"] = "orderby(name)",
            ["top"] = "top(1)",
            ["skip"] = "skip(1)",
            ["topsum"] = "topsum(1,stalls)",
            ["toppercent"] = "toppercent(1,stalls)",
            ["bottomsum"] = "bottomsum(1,stalls)",
            ["bottompercent"] = "bottompercent(1,stalls)",
            ["expand"] = "expand(x)",
            ["join"] = "join(name as n)",
            ["nest"] = "nest(identity as n)",
            ["traverse"] = "traverse(x)",
        };
        var named = XDocument.Parse(await fixture.Client.GetStringAsync("odata/$metadata")).Descendants()
            .First(e => e.Name.LocalName == "Annotation" && (string?)e.Attribute("Term") == "Org.OData.Aggregation.V1.ApplySupported")
            .Descendants().Where(e => e.Name.LocalName == "String").Select(e => e.Value).ToList();

        Assert.Empty(named.Except(examples.Keys));
        foreach (var (name, example) in examples)
        {
            using var response = await fixture.Client.GetAsync($"odata/markets?$apply={example}");
            Assert.True(response.StatusCode == (named.Contains(name) ? HttpStatusCode.OK : HttpStatusCode.NotImplemented), $"{name}: {response.StatusCode}");
        }
    }

    private async Task<JsonElement> PageAsync(string address, int rows = 100)
    {
        using var response = await fixture.Portal.GetAsync(address, "Prefer", $"maxpagesize={rows}");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
