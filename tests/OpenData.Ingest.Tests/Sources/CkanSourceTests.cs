using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Sources;

namespace OpenData.Ingest.Tests.Sources;

/// <summary>Tables of CKAN portals, honest ones and others.</summary>
public sealed class CkanSourceTests
{
    private static readonly SourceBinding Table = new("ckan")
    {
        ResourceId = "abc-1",
        Records = "$.result.records",
        Total = "$.result.total",
        Paging = new PagingBinding("offset") { Parameter = "offset", SizeParameter = "limit", Size = 3 },
    };

    [Fact]
    public async Task Every_row_is_read_once_in_the_order_of_its_number()
    {
        var asked = new List<string>();
        await using var portal = await FlakyAgency.Start((c, _) =>
        {
            asked.Add(c.Request.Path + c.Request.QueryString.Value);
            return Honest(c, 8);
        });
        using var rig = new SourceRig();
        Assert.Equal(Enumerable.Range(1, 8), Ids(await rig.Fetch(Table with { Url = portal.Url + "/du-lieu/" })));
        Assert.Equal(
            [0, 3, 6],
            asked.Select(a => int.Parse(a.Split("&offset=")[1], CultureInfo.InvariantCulture)));
        Assert.All(asked, a => Assert.StartsWith("/du-lieu/api/3/action/datastore_search?resource_id=abc-1&sort=_id&limit=3&offset=", a, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_portal_that_lowers_the_limit_is_read_to_its_end()
    {
        await using var portal = await FlakyAgency.Start((c, _) => Honest(c, 7, sizeMax: 2));
        using var rig = new SourceRig();
        Assert.Equal(Enumerable.Range(1, 7), Ids(await rig.Fetch(Table with { Url = portal.Url })));
        Assert.Equal(4, portal.Requests);
    }

    [Fact]
    public async Task Filters_are_sent_as_JSON_whatever_their_letters()
    {
        var filters = "";
        await using var portal = await FlakyAgency.Start((c, _) =>
        {
            filters = c.Request.Query["filters"].ToString();
            return Honest(c, 2);
        });
        using var rig = new SourceRig();
        await rig.Fetch(Table with { Url = portal.Url, Filters = new Dictionary<string, IReadOnlyList<string>> { ["Mã xã & \"tên\""] = ["05440", "x"] } });
        Assert.Equal(["05440", "x"], JsonDocument.Parse(filters).RootElement.GetProperty("Mã xã & \"tên\"").EnumerateArray().Select(v => v.GetString()));
    }

    [Theory]
    [InlineData(404, """{"success":false,"error":{"__type":"Not Found Error","message":"Not found: Resource was not found."}}""", "OD2024", 1)]
    [InlineData(409, """{"success":false,"error":{"fields":["invalid value \"ten\""],"__type":"Validation Error","info":{"statement":["SELECT planted"]}}}""", "OD2024", 1)]
    [InlineData(200, """{"success":false,"error":{"__type":"Search Error","message":"planted"}}""", "OD2024", 1)]
    [InlineData(200, """{"success":false}""", "OD2024", 1)]
    [InlineData(403, """{"success":false,"error":{"__type":"Authorization Error","message":"Access denied"}}""", "OD2004", 1)]
    [InlineData(200, """{"success":false,"error":{"__type":"Authorization Error","message":"Access denied"}}""", "OD2004", 1)]
    [InlineData(409, """{"success":false,"error":{"query":["Search took too long"],"__type":"Validation Error"}}""", "OD2022", 3)]
    [InlineData(500, """{"success":false,"error":{"__type":"Internal Server Error","message":"planted"}}""", "OD2003", 3)]
    [InlineData(400, "\"Bad request - Action name not known: datastore_search\"", "OD2003", 1)]
    [InlineData(404, """{"message":"no route"}""", "OD2003", 1)]
    [InlineData(200, """{"success":true,"result":[]}""", "OD2014", 1)]
    [InlineData(200, """{"success":true,"result":{"records":[],"total":0}}""", "OD2014", 1)]
    [InlineData(200, """{"success":true,"result":{"records":[],"fields":[{"id":"a"}],"total":0}}""", "OD2014", 1)]
    [InlineData(200, """{"success":true,"result":{"records":{},"fields":[],"total":0}}""", "OD2014", 1)]
    [InlineData(200, """{"success":true,"result":{"records":"1,2","fields":[],"total":1}}""", "OD2014", 1)]
    [InlineData(200, """{"success":true,"result":{"records":[],"fields":[]}}""", "OD2014", 1)]
    [InlineData(200, """{"success":true,"result":{"records":[{"id":1}],"fields":[],"total":1}}""", "OD2014", 1)]
    [InlineData(200, """{"success":true,"result":{"records":[{"_id":1}],"fields":[],"total":1,"total_was_estimated":true}}""", "OD2014", 1)]
    public async Task A_portal_that_says_no_or_answers_in_another_form_ends_by_name(int status, string body, string code, int requests)
    {
        await using var portal = await FlakyAgency.Start((c, _) => FlakyAgency.Text(c, body, status: status));
        using var rig = new SourceRig();
        var error = await Assert.ThrowsAsync<OpenDataException>(() => rig.Fetch(Table with { Url = portal.Url }));
        Assert.Equal(code, error.Code.Code);
        Assert.Equal(requests, portal.Requests);
        Assert.DoesNotContain("planted", error.Detail.En + error.Detail.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_page_for_people_with_404_is_a_status() => Fails(SourceErrors.Status, (c, _) => FlakyAgency.Text(c, "<html>", "text/html", 404));

    [Fact]
    public Task Fewer_rows_than_the_total_end_by_name() => Fails(SourceErrors.CountMismatch, (c, _) => Page(c, Offset(c) == 0 ? [1, 2] : [], 5));

    [Fact]
    public Task A_total_that_keeps_shifting_ends_by_name() => Fails(SourceErrors.PagesShifted, (c, n) => Page(c, [n], 50 + n));

    [Fact]
    public Task A_row_that_comes_on_two_pages_ends_by_name() => Fails(SourceErrors.PagesShifted, (c, _) => Page(c, Offset(c) == 0 ? [1, 2, 3] : [3, 4, 5], 6));

    [Fact]
    public Task Rows_that_come_in_another_order_end_by_name() => Fails(SourceErrors.PagesShifted, (c, _) => Page(c, Offset(c) == 0 ? [1, 3, 5] : [2, 4, 6], 6));

    [Fact]
    public Task A_portal_that_knows_no_offset_ends_by_name() => Fails(SourceErrors.PagesRepeat, (c, _) => Page(c, [1, 2, 3], 6));

    [Fact]
    public async Task A_table_that_shifts_once_is_read_again_from_the_first_row()
    {
        await using var portal = await FlakyAgency.Start((c, n) => n == 2 ? Page(c, [3, 4, 5], 8) : Honest(c, 8));
        using var rig = new SourceRig();
        await rig.Fetch(Table with { Url = portal.Url });
        Assert.Equal(Enumerable.Range(1, 8), Ids(rig.Bodies.TakeLast(3)));
    }

    private static async Task Fails(ErrorCode code, Func<HttpContext, int, Task> answer)
    {
        await using var portal = await FlakyAgency.Start(answer);
        using var rig = new SourceRig();
        Assert.Equal(code, await rig.Failure(Table with { Url = portal.Url }));
    }

    private static int Offset(HttpContext context) => int.Parse(context.Request.Query["offset"]!, CultureInfo.InvariantCulture);

    private static Task Honest(HttpContext context, int rows, int sizeMax = 3)
        => Page(context, [.. Enumerable.Range(1, rows).Skip(Offset(context)).Take(Math.Min(sizeMax, int.Parse(context.Request.Query["limit"]!, CultureInfo.InvariantCulture)))], rows);

    private static Task Page(HttpContext context, int[] ids, int total)
        => FlakyAgency.Text(context, JsonSerializer.Serialize(new
        {
            help = "x",
            success = true,
            result = new { records = ids.Select(id => new { _id = id, id }), fields = new[] { new { id = "_id", type = "int" }, new { id = "id", type = "numeric" } }, total, total_was_estimated = false },
        }));

    private static IEnumerable<int> Ids(IEnumerable<string> bodies)
        => bodies.SelectMany(b => JsonDocument.Parse(b).RootElement.GetProperty("result").GetProperty("records").EnumerateArray().Select(e => e.GetProperty("_id").GetInt32()).ToArray());
}
