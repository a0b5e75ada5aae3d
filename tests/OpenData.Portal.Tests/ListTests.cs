using System.Net;
using System.Text.Json;

namespace OpenData.Portal.Tests;

/// <summary>A column of lists, from the file of an agency to everything that the portal serves.</summary>
public sealed class ListTests : IAsyncLifetime, IDisposable
{
    private const string Stations = """
        dataset: stations
        title: { vi: Trạm, en: Stations }
        summary: { vi: Mỗi dòng là một trạm., en: One row per station. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/stations.csv" }
        key: [id]
        columns:
          - { name: id, type: code, title: { vi: Mã, en: Id } }
          - { name: networks, type: list(code), separator: ";", one_of: [3G, 4G, 5G], title: { vi: Mạng, en: Networks } }
          - { name: loads, type: "list(decimal(5,2))", title: { vi: Tải, en: Loads } }
        """;

    private TestTown _town = null!; // Set before each test.
    private RunningPortal _portal = null!; // Set before each test.

    public async Task InitializeAsync()
    {
        _town = new TestTown();
        await _town.PublishAsync("stations", Stations, "id,networks,loads\n001,4G; 5G,\"[1,2.5]\"\n002,,[]\n003,3G,\n004,6G,\n005,4G,[1.234]\n");
        _portal = await RunningPortal.StartAsync(_town);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    public void Dispose() => _town.Dispose();

    [Theory]
    [InlineData("datasets/stations.csv", "id,networks,loads\n001,\"[\"\"4G\"\",\"\"5G\"\"]\",\"[1.00,2.50]\"\n002,,[]\n003,\"[\"\"3G\"\"]\",\n")]
    [InlineData("datasets/stations.ndjson", """
        {"id":"001","networks":["4G","5G"],"loads":[1.00,2.50]}
        {"id":"002","networks":null,"loads":[]}
        {"id":"003","networks":["3G"],"loads":null}

        """)]
    [InlineData("api/v1/datasets/stations/rows?columns=loads,id&where=networks%20eq%20null&format=ndjson", "{\"loads\":[],\"id\":\"002\"}\n")]
    public async Task Lists_are_JSON_arrays_and_an_empty_one_is_not_none(string address, string expected)
        => Assert.Equal(expected, await _portal.Client.GetStringAsync(address));

    [Fact]
    public async Task OData_says_that_they_are_collections_and_gives_them_as_such()
    {
        Assert.Contains(
            "<Property Name=\"networks\" Type=\"Collection(Edm.String)\"", await _portal.Client.GetStringAsync("odata/$metadata"), StringComparison.Ordinal);
        using var full = await _portal.GetAsync("odata/stations('001')", "Accept", "application/json;odata.metadata=full;IEEE754Compatible=true");
        var row = JsonDocument.Parse(await full.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal("#Collection(String)", row.GetProperty("networks@odata.type").GetString());
        Assert.Equal("#Collection(Decimal)", row.GetProperty("loads@odata.type").GetString());
        Assert.Equal("""["1.00","2.50"]""", row.GetProperty("loads").GetRawText());
        var property = JsonDocument.Parse(await _portal.Client.GetStringAsync("odata/stations('001')/networks")).RootElement;
        Assert.Equal("""["4G","5G"]""", property.GetProperty("value").GetRawText());
    }

    [Theory]
    [InlineData("odata/stations('001')/networks/$value", HttpStatusCode.BadRequest, "OD1204")]
    [InlineData("odata/stations?$orderby=networks", HttpStatusCode.BadRequest, "OD1204")]
    [InlineData("odata/stations?$filter=networks eq '4G'", HttpStatusCode.BadRequest, "OD1204")]
    [InlineData("odata/stations?$filter=id/any(n:n eq '4G')", HttpStatusCode.BadRequest, "OD1204")]
    [InlineData("odata/stations?$filter=networks/where(n:n eq '4G')", HttpStatusCode.NotImplemented, "OD1205")]
    public async Task What_a_list_has_not_is_refused_by_name(string address, HttpStatusCode status, string code)
    {
        using var answer = await _portal.Client.GetAsync(address);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("odata/stations/$count?$filter=networks/any(n:n eq '4G')", "1")]
    [InlineData("odata/stations/$count?$filter=networks/all(n:n ne '4G') and loads/$count eq 0", "2")]
    [InlineData("api/v1/datasets/stations/rows?where=loads/any(l:l%20gt%202)&columns=id&format=csv", "id\n001\n")]
    public async Task Lists_are_asked_for_their_values(string address, string expected)
        => Assert.Equal(expected, await _portal.Client.GetStringAsync(address));

    [Fact]
    public async Task A_bad_value_in_a_list_sets_its_record_aside()
    {
        var quality = await _portal.Client.GetStringAsync("api/v1/datasets/stations/quality");

        Assert.Contains("one_of", quality, StringComparison.Ordinal);
        Assert.Contains("scale", quality, StringComparison.Ordinal);
        Assert.Contains("[4G, 5G]", (await _portal.Client.GetStringAsync("datasets/stations")).Replace("&quot;", "", StringComparison.Ordinal).Replace("&#x22;", "", StringComparison.Ordinal).Replace(",", ", ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_changed_is_a_change()
    {
        var before = _town.Store.Current("stations")!.Version;
        await _town.PublishAsync("stations", Stations, "id,networks,loads\n001,4G; 5G,\"[1,2.5]\"\n002,,\n003,5G;3G,\n");
        var after = _town.Store.Current("stations")!.Version;
        await RunningPortal.WaitAsync(async () => (await _portal.Client.GetStringAsync("api/v1/datasets/stations")).Contains(after, StringComparison.Ordinal));
        var changes = await _portal.Client.GetStringAsync($"datasets/stations/changes?from={before}&to={after}&format=ndjson");

        Assert.Contains("""{"change":"changed","key":{"id":"002"},"old":{"loads":[]},"new":{"loads":null}}""", changes, StringComparison.Ordinal);
        Assert.Contains("""{"change":"changed","key":{"id":"003"},"old":{"networks":["3G"]},"new":{"networks":["5G","3G"]}}""", changes, StringComparison.Ordinal);
    }
}
