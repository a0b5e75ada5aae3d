using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpenData.SampleAgencies.Systems;

namespace OpenData.SampleAgencies.Tests;

/// <summary>The portal answers as CKAN does: the forms are those of CKAN 2.10's own source and of what public portals say.</summary>
public sealed class CkanTests(AgenciesFixture agencies) : IClassFixture<AgenciesFixture>
{
    private const string Search = "/ckan/api/3/action/datastore_search?resource_id=" + Traceability.ResourceId;

    [Fact]
    public async Task A_page_has_the_members_of_CKAN_and_its_records_their_number_first()
    {
        var (status, body) = await GetAsync(Search + "&limit=2&offset=2&sort=_id");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(body.GetProperty("success").GetBoolean());
        Assert.EndsWith("/api/3/action/help_show?name=datastore_search", body.GetProperty("help").GetString(), StringComparison.Ordinal);
        var result = body.GetProperty("result");
        Assert.Equal(
            ["include_total", "limit", "offset", "records_format", "resource_id", "sort", "total_estimation_threshold", "records", "fields", "_links", "total", "total_was_estimated"],
            result.EnumerateObject().Select(p => p.Name));
        Assert.Equal([3, 4], result.GetProperty("records").EnumerateArray().Select(r => r.GetProperty("_id").GetInt32()));
        Assert.Equal("""{"id":"_id","type":"int"}""", result.GetProperty("fields")[0].GetRawText());
        Assert.Equal("date", result.GetProperty("fields")[1].GetProperty("type").GetString());
        Assert.Equal(487, result.GetProperty("total").GetInt32());
        Assert.False(result.GetProperty("total_was_estimated").GetBoolean());
        Assert.EndsWith("&offset=4", result.GetProperty("_links").GetProperty("next").GetString(), StringComparison.Ordinal);
        Assert.False(result.GetProperty("_links").TryGetProperty("prev", out _));
    }

    [Fact]
    public async Task Filters_fields_and_sort_choose_and_a_list_of_values_is_an_alternative()
    {
        var fields = string.Concat(new[] { "_id", "Số tem cấp" }.Select(f => "&fields=" + Uri.EscapeDataString(f)));
        var filters = "&filters=" + Uri.EscapeDataString("""{"Mã sản phẩm":["SP01","SP02"],"Tháng":"2025-07-01"}""");
        var result = (await GetAsync(Search + fields + filters + "&sort=" + Uri.EscapeDataString("Số tem cấp desc"))).Body.GetProperty("result");
        Assert.Equal(10, result.GetProperty("total").GetInt32());
        Assert.All(result.GetProperty("records").EnumerateArray(), r => Assert.Equal(["_id", "Số tem cấp"], r.EnumerateObject().Select(p => p.Name)));
        var stamps = result.GetProperty("records").EnumerateArray().Select(r => r.GetProperty("Số tem cấp").GetInt32()).ToList();
        Assert.Equal(stamps.OrderDescending(), stamps);
    }

    [Theory]
    [InlineData("", 100, 100)]
    [InlineData("&limit=1000000", 32_000, 487)]
    [InlineData("&limit=0", 0, 0)]
    public async Task The_limit_is_100_unless_asked_and_lowered_in_silence(string parameter, int limit, int records)
    {
        var result = (await GetAsync(Search + parameter)).Body.GetProperty("result");
        Assert.Equal(limit, result.GetProperty("limit").GetInt32());
        Assert.Equal(records, result.GetProperty("records").GetArrayLength());
    }

    [Theory]
    [InlineData("?", 409, """{"resource_id":["Missing value"],"__type":"Validation Error"}""")]
    [InlineData("?resource_id=doop", 404, """{"__type":"Not Found Error","message":"Not found: Resource \u0022doop\u0022 was not found."}""")]
    [InlineData("&sort=nope", 409, """{"sort":["invalid value \u0022nope\u0022"],"__type":"Validation Error"}""")]
    [InlineData("&fields=nope", 409, """{"fields":["invalid value \u0022nope\u0022"],"__type":"Validation Error"}""")]
    [InlineData("&filters={", 409, """{"filters":["Cannot parse JSON"],"__type":"Validation Error"}""")]
    [InlineData("&limit=-1", 409, """{"limit":["Must be a natural number"],"__type":"Validation Error"}""")]
    [InlineData("&offset=x", 409, """{"offset":["Invalid integer"],"__type":"Validation Error"}""")]
    [InlineData("&nope=1", 409, """{"__extras":["invalid value \u0022nope\u0022"],"__type":"Validation Error"}""")]
    public async Task A_wrong_question_is_refused_in_the_words_of_CKAN(string question, int status, string error)
    {
        var answer = await GetAsync(question[0] == '?' ? "/ckan/api/3/action/datastore_search" + question : Search + question);
        Assert.Equal(status, (int)answer.Status);
        Assert.False(answer.Body.GetProperty("success").GetBoolean());
        Assert.Equal(error, answer.Body.GetProperty("error").GetRawText());
    }

    [Fact]
    public async Task Without_the_token_the_private_resource_is_denied_and_an_unknown_action_is_a_bad_request()
    {
        using var denied = await agencies.Anyone.GetAsync(new Uri(Search, UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Contains("\"__type\":\"Authorization Error\"", await denied.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var unknown = await agencies.Anyone.GetAsync(new Uri("/ckan/api/3/action/nope", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Equal("\"Bad request - Action name not known: nope\"", await unknown.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_question_by_POST_gives_the_same_records_and_no_links()
    {
        using var request = Request(HttpMethod.Post, "/ckan/api/action/datastore_search");
        request.Content = JsonContent.Create(new { resource_id = Traceability.ResourceId, limit = 3 });
        using var answer = await agencies.Anyone.SendAsync(request);
        var result = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("result");
        Assert.Equal((await GetAsync(Search + "&limit=3")).Body.GetProperty("result").GetProperty("records").GetRawText(), result.GetProperty("records").GetRawText());
        Assert.Equal("{}", result.GetProperty("_links").GetRawText());
    }

    [Fact]
    public async Task The_package_names_its_resource()
        => Assert.Equal(
            Traceability.ResourceId,
            (await GetAsync("/ckan/api/3/action/package_show?id=tem-truy-xuat-nguon-goc")).Body.GetProperty("result").GetProperty("resources")[0].GetProperty("id").GetString());

    /// <summary>All rows, page by page.</summary>
    internal static async Task<List<JsonElement>> RowsAsync(AgenciesFixture agencies, int size)
    {
        var rows = new List<JsonElement>();
        for (var total = 1; rows.Count < total;)
        {
            using var request = Request(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{Search}&sort=_id&limit={size}&offset={rows.Count}"));
            using var answer = await agencies.Anyone.SendAsync(request);
            var result = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("result");
            rows.AddRange(result.GetProperty("records").EnumerateArray());
            total = result.GetProperty("total").GetInt32();
        }

        return rows;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string address)
    {
        using var request = Request(HttpMethod.Get, address);
        using var answer = await agencies.Anyone.SendAsync(request);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static HttpRequestMessage Request(HttpMethod method, string address)
    {
        var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Authorization", AgencyOptions.DemoToken);
        return request;
    }
}
