using System.Net;
using System.Text.Json;

namespace OpenData.Portal.Tests.OData;

public sealed class KeyTests : IAsyncLifetime, IDisposable
{
    private const string Units = """
        dataset: units
        title: { vi: Đơn vị, en: Units }
        summary: { vi: Mỗi dòng là một đơn vị., en: One row per unit. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/units.csv" }
        key: [code, level, valid_from]
        columns:
          - { name: code, type: code, required: true, title: { vi: Mã, en: Code } }
          - { name: level, type: text, required: true, title: { vi: Cấp, en: Level } }
          - { name: valid_from, type: date, required: true, title: { vi: Từ, en: From } }
          - { name: name, type: text, title: { vi: Tên, en: Name } }
        """;

    private const string Notes = """
        dataset: notes
        title: { vi: Ghi chú, en: Notes }
        summary: { vi: Mỗi dòng là một ghi chú., en: One row per note. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/notes.csv" }
        key: row
        columns:
          - { name: text, type: text, title: { vi: Nội dung, en: Text } }
        """;

    private TestTown _town = null!; // Set before each test.
    private RunningPortal _portal = null!; // Set before each test.

    public async Task InitializeAsync()
    {
        _town = new TestTown();
        await _town.PublishAsync("units", Units, "code,level,valid_from,name\n01,province,2025-07-01,Thái Nguyên\n01,commune,2025-07-01,O'Neil/Xã\n01,province,1997-01-01,Bắc Kạn\n");
        await _town.PublishAsync("notes", Notes, "text\na\nb\na\n");
        _portal = await RunningPortal.StartAsync(_town);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    public void Dispose() => _town.Dispose();

    [Theory]
    [InlineData("units(code='01',level='province',valid_from=2025-07-01)", "Thái Nguyên")]
    [InlineData("units(valid_from=1997-01-01,LEVEL='province',code='01')", "Bắc Kạn")]
    [InlineData("units/01/commune/2025-07-01", "O'Neil/Xã")]
    public async Task Keys_of_several_columns_are_found_in_any_order(string address, string name)
    {
        var body = JsonDocument.Parse(await _portal.Client.GetStringAsync("odata/" + address)).RootElement;
        Assert.Equal(name, body.GetProperty("name").GetString());
        Assert.Equal(name, await _portal.Client.GetStringAsync($"odata/{address}/name/$value"));
    }

    [Fact]
    public async Task Ids_of_full_metadata_lead_back_to_their_rows()
    {
        foreach (var set in new[] { "units", "notes" })
        {
            using var response = await _portal.GetAsync($"odata/{set}", "Accept", "application/json;odata.metadata=full");
            var rows = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("value").EnumerateArray().ToList();
            Assert.Equal(3, rows.Count);
            foreach (var row in rows)
            {
                var again = JsonDocument.Parse(await _portal.Client.GetStringAsync(row.GetProperty("@odata.id").GetString())).RootElement;
                var column = set == "units" ? "name" : "text";
                Assert.Equal(row.GetProperty(column).GetString(), again.GetProperty(column).GetString());
            }
        }
    }

    [Theory]
    [InlineData("units(code=@c,level='commune',valid_from=@d)?@c='01'&@d=2025-07-01", HttpStatusCode.OK)]
    [InlineData("units(code=@c,level='commune',valid_from=@d)/name?@d=2025-07-01&@c='01'", HttpStatusCode.OK)]
    [InlineData("units(code=@c,level='commune',valid_from=2025-07-01)", HttpStatusCode.BadRequest)]
    [InlineData("units(code=@c,level='commune',valid_from=2025-07-01)?@c=code", HttpStatusCode.BadRequest)]
    [InlineData("units(code='01',level='commune',valid_from=2025-07-01)?@c='01'", HttpStatusCode.BadRequest)]
    [InlineData("units(code='01')(level='commune')", HttpStatusCode.NotImplemented)]
    [InlineData("units()", HttpStatusCode.BadRequest)]
    [InlineData("units(code='01',level='x'", HttpStatusCode.NotFound)]
    [InlineData("notes(1)/text/$value/x", HttpStatusCode.NotFound)]
    [InlineData("notes(1)/Some.Type", HttpStatusCode.NotImplemented)]
    [InlineData("notes(1.5)", HttpStatusCode.BadRequest)]
    public async Task Keys_may_be_aliases_and_whatever_is_no_key_is_said_so(string address, HttpStatusCode status)
    {
        using var response = await _portal.Client.GetAsync("odata/" + address);
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task The_place_of_a_quote_in_a_key_is_shown()
    {
        using var response = await _portal.Client.GetAsync("odata/units(code='O'Neil',level='x',valid_from=2025-07-01)");
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("innererror");

        Assert.Equal(["code='O'Neil',level='x',valid_from=2025-07-01", "        ^"], error.GetProperty("pointer").EnumerateArray().Select(l => l.GetString()));
        Assert.Equal("'O''N…", error.GetProperty("suggestion").GetString());
    }

    [Fact]
    public async Task A_row_key_is_a_key_like_any_other()
    {
        var page = JsonDocument.Parse(await _portal.Client.GetStringAsync("odata/notes?$filter=text eq 'a'")).RootElement.GetProperty("value");
        var keys = page.EnumerateArray().Select(r => r.GetProperty("_key").GetString()).ToList();
        Assert.Equal(2, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("a", JsonDocument.Parse(await _portal.Client.GetStringAsync($"odata/notes('{keys[1]}')")).RootElement.GetProperty("text").GetString());
        Assert.Contains("<PropertyRef Name=\"_key\" />", await _portal.Client.GetStringAsync("odata/$metadata"), StringComparison.Ordinal);
    }
}
