using System.Text.Json;

namespace OpenData.Portal.Tests.OData;

/// <summary>Lines of OData's checklists (docs/odata-conformance.md) that no other test holds.</summary>
public sealed class ConformanceTests(EveryTypeFixture fixture) : IClassFixture<EveryTypeFixture>
{
    private HttpClient Client => fixture.Portal.Client;

    [Theory]
    [InlineData("things('A001')/tags/$count", "2")]
    [InlineData("things('A002')/tags/$COUNT", "0")]
    [InlineData("things/A003/tags/$count", "0")]
    public async Task A_list_is_counted_at_its_own_address(string address, string count)
        => Assert.Equal(count, await Client.GetStringAsync("odata/" + address));

    [Theory]
    [InlineData("things('zz')/tags/$count", 404, "OD1217")]
    [InlineData("things('A001')/name/$count", 404, "OD1216")]
    [InlineData("things('A001')/owner/$count", 404, "OD1216")]
    [InlineData("things('A001')/tags/$count?$filter=true", 400, "OD1206")]
    [InlineData("things(@k)", 400, "OD1218")]
    [InlineData("things(@k)?@k=5", 400, "OD1218")]
    [InlineData("things('A001')?@k='A001'", 400, "OD1220")]
    [InlineData("things?$filter=took eq '2 hours'", 400, "OD1204")]
    [InlineData("things?$filter=cast(name,Edm.Int64) eq 1", 501, "OD1205")]
    [InlineData("things?$filter=cast('1',Edm.Stream) eq 1", 501, "OD1205")]
    [InlineData("things?$filter=cast(Edm.Int64) eq 1", 501, "OD1205")]
    public async Task What_is_wrong_is_named(string address, int status, string code)
    {
        using var response = await Client.GetAsync("odata/" + address);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("things(@k)?@k='A001'", "name", "Ghế gỗ")]
    [InlineData("things(id=@id)?@id='A001'", "name", "Ghế gỗ")]
    [InlineData("things(@k)/name?@k='A001'", "value", "Ghế gỗ")]
    public async Task Aliases_stand_for_keys(string address, string member, string value)
        => Assert.Equal(value, (await JsonAsync(address)).GetProperty(member).GetString());

    [Theory]
    [InlineData("level eq cast('5',Edm.Int64)", "A001")]
    [InlineData("LEVEL EQ CAST('5',edm.byte)", "A001")]
    [InlineData("level eq cast('500',Edm.Byte)", "A003")]
    [InlineData("price eq cast('1200.5',Edm.Decimal)", "A001")]
    [InlineData("price eq cast('-7',Edm.Decimal) add 1207.5", "A001")]
    [InlineData("level eq cast('11',Edm.Decimal) div 2 sub 0.5", "A001")]
    [InlineData("share eq cast('0.25',Edm.Double)", "A001")]
    [InlineData("share gt cast('-INF',Edm.Double)", "A002 A001")]
    [InlineData("level eq cast('- 5',Edm.Int64)", "A003")]
    [InlineData("open eq cast('false',Edm.Boolean)", "A002")]
    [InlineData("day eq cast('2024-02-29',Edm.Date)", "A001")]
    [InlineData("at eq cast(@t,Edm.DateTimeOffset)&@t='2024-02-29T08:30:00%2B07:00'", "A001")]
    [InlineData("opens eq cast('07:30:00',Edm.TimeOfDay)", "A001")]
    [InlineData("took eq cast('PT2H30M',Edm.Duration)", "A001")]
    [InlineData("uid eq cast('01234567-89ab-cdef-0123-456789abcdef',Edm.Guid)", "A001")]
    [InlineData("name eq cast('Bàn',Edm.String)", "A002")]
    [InlineData("day eq cast('yesterday',Edm.Date)", "A003")]
    [InlineData("day eq cast(null,Edm.Date)", "A003")]
    public async Task Texts_in_the_query_are_cast_to_every_type_and_to_null_where_they_spell_none(string filter, string ids)
        => Assert.Equal(ids.Split(' '), Ids(await JsonAsync("things?$filter=" + filter)));

    [Theory]
    [InlineData("$FILTER=Level GE 1 AND NOT (level EQ 5)&$OrderBy=Name DESC&$Select=ID", "A002")]
    [InlineData("filter=CONTAINS(ToLower(name),'ghế')&TOP=5&skip=0&count=TRUE", "A001")]
    [InlineData("$filter=tags/ANY(t:t eq 'gỗ') OR level IN (1)&$orderby=id", "A001 A002")]
    public async Task Options_operators_and_functions_are_known_in_any_case_and_names_come_back_as_declared(string query, string ids)
    {
        var page = await JsonAsync("things?" + query);
        Assert.Equal(ids.Split(' '), Ids(page));
    }

    [Theory]
    [InlineData("took eq duration'PT2H30M'", "A001")]
    [InlineData("took eq 'PT2H30M'", "A001")]
    [InlineData("'PT12H' lt took", "A002")]
    [InlineData("took in ('PT2H30M',duration'PT1H')", "A001")]
    public async Task Durations_stand_with_and_without_their_prefix(string filter, string ids)
        => Assert.Equal(ids.Split(' '), Ids(await JsonAsync("things?$filter=" + filter)));

    [Theory]
    [InlineData("Isolation")]
    [InlineData("OData-Isolation")]
    public async Task A_batch_does_not_promise_one_moment_and_pages_do(string header)
    {
        using var batch = new HttpRequestMessage(HttpMethod.Post, "odata/$batch")
        {
            Content = new StringContent("""{"requests":[{"id":"1","method":"GET","url":"things"}]}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        batch.Headers.Add(header, "snapshot");
        using var refused = await Client.SendAsync(batch);
        Assert.Equal(412, (int)refused.StatusCode);
        Assert.Contains("OD9048", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var page = await fixture.Portal.GetAsync("odata/things", header, "snapshot");
        Assert.Equal(200, (int)page.StatusCode);
    }

    [Fact]
    public async Task Names_within_a_type_and_of_sets_differ_in_more_than_case()
    {
        var csdl = JsonDocument.Parse(await Client.GetStringAsync("odata/$metadata?$format=json")).RootElement.GetProperty("OpenData");
        foreach (var scope in csdl.EnumerateObject().Where(t => t.Value.ValueKind == JsonValueKind.Object).Select(t => t.Value).Prepend(csdl))
        {
            var names = scope.EnumerateObject().Select(m => m.Name).Where(n => !n.StartsWith('$') && !n.StartsWith('@')).ToList();
            Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        }
    }

    [Theory]
    [InlineData("4.0", "@odata.context", "#Decimal", "odata.metadata=full")]
    [InlineData("4.01", "@context", "Decimal", "metadata=full")]
    public async Task Control_information_has_the_form_of_the_version_asked_for(string version, string context, string type, string parameter)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "odata/things?$top=1");
        request.Headers.Add("OData-MaxVersion", version);
        request.Headers.Accept.ParseAdd("application/json;odata.metadata=full");
        using var response = await Client.SendAsync(request);
        var page = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(version, response.Headers.GetValues("OData-Version").Single());
        Assert.Contains(response.Content.Headers.ContentType!.Parameters, p => $"{p.Name}={p.Value}" == parameter);
        Assert.True(page.TryGetProperty(context, out _));
        var members = page.GetProperty("value")[0].EnumerateObject().ToList();
        var at = members.FindIndex(m => m.Name.StartsWith("price@", StringComparison.Ordinal));
        Assert.Equal(type, members[at].Value.GetString());
        Assert.Equal("price", members[at + 1].Name);
        Assert.All(members.Where(m => m.Name.Contains('@', StringComparison.Ordinal)), m => Assert.Equal(version == "4.0", m.Name.Contains("@odata.", StringComparison.Ordinal)));
    }

    private static IEnumerable<string?> Ids(JsonElement page) => page.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("id").GetString());

    private async Task<JsonElement> JsonAsync(string address)
    {
        using var response = await Client.GetAsync("odata/" + address);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
