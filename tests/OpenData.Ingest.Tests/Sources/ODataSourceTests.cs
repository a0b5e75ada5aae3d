using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Sources;

namespace OpenData.Ingest.Tests.Sources;

/// <summary>Entity sets of OData services, honest ones and others.</summary>
public sealed class ODataSourceTests
{
    private static readonly SourceBinding Set = new("odata") { Records = "$.value" };

    [Theory]
    [InlineData("@odata.", true)]
    [InlineData("@", true)]
    [InlineData("@odata.", false)]
    public async Task Every_row_is_read_once_along_the_next_links(string prefix, bool counted)
    {
        var queries = new List<string>();
        await using var service = await FlakyAgency.Start((c, _) =>
        {
            queries.Add(c.Request.QueryString.Value!);
            return Honest(c, 8, 3, prefix, counted);
        });
        using var rig = new SourceRig();
        Assert.Equal(Enumerable.Range(0, 8), Ids(await rig.Fetch(Set with { Url = service.Url + "/odata/cases?$filter=id%20ge%200", Counted = counted })));
        Assert.Equal("?$filter=id%20ge%200" + (counted ? "&$count=true" : ""), queries[0]);
        Assert.Equal(3, queries.Count);
    }

    [Fact]
    public async Task An_address_that_asks_for_the_count_itself_is_left_as_it_is()
    {
        var queries = new List<string>();
        await using var service = await FlakyAgency.Start((c, _) =>
        {
            queries.Add(c.Request.QueryString.Value!);
            return Honest(c, 2, 3, "@odata.", counted: true);
        });
        using var rig = new SourceRig();
        await rig.Fetch(Set with { Url = service.Url + "/cases?%24count=true" });
        Assert.Equal(["?%24count=true"], queries);
    }

    [Fact]
    public async Task A_set_without_rows_is_one_empty_page()
    {
        await using var service = await FlakyAgency.Start((c, _) => Honest(c, 0, 3, "@odata.", counted: true));
        using var rig = new SourceRig();
        Assert.Empty(Ids(await rig.Fetch(Set with { Url = service.Url + "/cases" })));
        Assert.Single(rig.Bodies);
    }

    [Fact]
    public async Task An_empty_page_in_the_middle_is_not_the_end()
    {
        await using var service = await FlakyAgency.Start((c, n) => Page(c, "@odata.", n == 2 ? [] : [n], n == 1 ? 2 : null, n < 3 ? "cases?p=" + n : null));
        using var rig = new SourceRig();
        Assert.Equal([1, 3], Ids(await rig.Fetch(Set with { Url = service.Url + "/odata/cases" })));
    }

    [Fact]
    public Task A_service_that_does_not_count_ends_by_name() => Fails(SourceErrors.PageNotReadable, (c, _) => Page(c, "@odata.", [1], count: null, next: null));

    [Fact]
    public Task Fewer_rows_than_counted_end_by_name() => Fails(SourceErrors.CountMismatch, (c, _) => Page(c, "@odata.", [1, 2], count: 3, next: null));

    [Fact]
    public Task More_rows_than_counted_end_by_name() => Fails(SourceErrors.CountMismatch, (c, _) => Page(c, "@odata.", [1, 2], count: 1, next: null));

    [Fact]
    public Task A_count_that_keeps_shifting_ends_by_name() => Fails(SourceErrors.PagesShifted, (c, n) => Page(c, "@odata.", [n], 50 + n, "cases?p=" + n.ToString(CultureInfo.InvariantCulture)));

    [Fact]
    public Task A_next_link_to_another_host_ends_by_name() => Fails(SourceErrors.PageNotReadable, (c, _) => Page(c, "@odata.", [1], 2, "http://example.org/steal"));

    [Fact]
    public Task A_next_link_that_leads_back_ends_by_name() => Fails(SourceErrors.PagesRepeat, (c, n) => Page(c, "@odata.", [n], 99, "/cases?p=" + (n % 2)));

    [Fact]
    public Task One_row_in_place_of_a_set_ends_by_name() => Fails(SourceErrors.PageNotReadable, (c, _) => FlakyAgency.Text(c, """{"@odata.context":"x","id":1}"""));

    [Fact]
    public Task A_count_that_is_no_number_ends_by_name() => Fails(SourceErrors.PageNotReadable, (c, _) => FlakyAgency.Text(c, """{"@odata.count":-1,"value":[]}"""));

    [Fact]
    public async Task A_key_on_two_pages_ends_by_name_unless_the_contract_expects_it()
    {
        await using var service = await FlakyAgency.Start((c, n) => Page(c, "@odata.", n % 2 == 1 ? [1, 2, 3] : [4, 2, 5], n % 2 == 1 ? 6 : null, n % 2 == 1 ? "cases?p=2" : null));
        using var rig = new SourceRig(SourceRig.Short with { TriesMax = 1 }, columns: ["id"]);
        Assert.Equal(SourceErrors.KeyRepeats, await rig.Failure(Set with { Url = service.Url + "/cases" }));
        Assert.Equal([1, 2, 3, 4, 2, 5], Ids(await rig.Fetch(Set with { Url = service.Url + "/cases", Repeats = true })));
    }

    [Theory]
    [InlineData(ColumnKind.Timestamp, "", "?$filter=meta%2Fchanged%20ge%202025-06-30T17%3A00%3A00.5Z&$count=true")]
    [InlineData(ColumnKind.Timestamp, "?$select=id&%24filter=a%20eq%20'%26'%20or%20b&$top=9", "?$select=id&$top=9&$filter=%28a%20eq%20'%26'%20or%20b%29%20and%20meta%2Fchanged%20ge%202025-06-30T17%3A00%3A00.5Z&$count=true")]
    [InlineData(ColumnKind.Integer, "?$filter=a+eq+'%2B'", "?$filter=%28a+eq+'%2B'%29%20and%20meta%2Fchanged%20ge%20-41&$count=true")]
    [InlineData(ColumnKind.Date, "?$count=true", "?$count=true&$filter=meta%2Fchanged%20ge%202025-07-01")]
    [InlineData(ColumnKind.Integer, "", "?$filter=meta%2Fchanged%20ge%20-41&$count=true")]
    public void What_changed_is_asked_for_by_a_condition_beside_those_of_the_address(ColumnKind kind, string given, string asked)
    {
        var since = new DateTimeOffset(2025, 7, 1, 0, 0, 0, 500, TimeSpan.FromHours(7));
        var read = kind == ColumnKind.Integer ? Reading(kind, null) with { SinceNumber = -41 } : Reading(kind, since);
        Assert.Equal(asked, PageAddress.First(new Uri("http://agency.test/odata/cases" + given), read).Query);
    }

    [Fact]
    public void A_window_has_both_ends_and_everything_has_none()
    {
        var from = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.FromHours(7));
        var address = new Uri("http://agency.test/odata/cases?$count=true");
        Assert.Equal(
            "?$count=true&$filter=meta/changed ge 2025-01-01 and meta/changed le 2025-02-01",
            Uri.UnescapeDataString(PageAddress.First(address, Reading(ColumnKind.Date, from) with { Until = from.AddMonths(1) }).Query));
        Assert.Equal(address, PageAddress.First(address, Reading(ColumnKind.Date, null)));
    }

    private static SourceRead Reading(ColumnKind kind, DateTimeOffset? since)
    {
        var changed = new ColumnContract("changed_at", new ColumnType(kind), new LocalText("Lúc", "At")) { From = "meta.changed" };
        var source = Set with { Incremental = new IncrementalBinding("changed_at", "", TimeSpan.Zero) };
        var contract = new DatasetContract("cases", new LocalText("Thử", "Test"), new LocalText("Thử", "Test"), [changed], ["changed_at"], source)
        {
            Publisher = "p",
            Theme = "t",
            License = "l",
        };
        return new SourceRead(contract, since, (_, _) => throw new InvalidOperationException());
    }

    private static async Task Fails(ErrorCode code, Func<HttpContext, int, Task> answer)
    {
        await using var service = await FlakyAgency.Start(answer);
        using var rig = new SourceRig();
        Assert.Equal(code, await rig.Failure(Set with { Url = service.Url + "/cases" }));
    }

    /// <summary>Serves ids 0 to count-1; only the first page counts, and the next links are relative.</summary>
    private static Task Honest(HttpContext context, int count, int size, string prefix, bool counted)
    {
        var skip = int.TryParse(context.Request.Query["$skiptoken"], CultureInfo.InvariantCulture, out var number) ? number : 0;
        int[] ids = [.. Enumerable.Range(0, count).Skip(skip).Take(size)];
        return Page(context, prefix, ids, counted && skip == 0 ? count : null, skip + ids.Length < count ? "cases?$skiptoken=" + (skip + size).ToString(CultureInfo.InvariantCulture) : null);
    }

    private static Task Page(HttpContext context, string prefix, int[] ids, int? count, string? next)
    {
        var body = new Dictionary<string, object> { [prefix + "context"] = "$metadata#cases", ["value"] = ids.Select(id => new { id }) };
        if (count is not null)
        {
            body[prefix + "count"] = count;
        }

        if (next is not null)
        {
            body[prefix + "nextLink"] = next;
        }

        return FlakyAgency.Text(context, JsonSerializer.Serialize(body));
    }

    private static IEnumerable<int> Ids(IEnumerable<string> bodies)
        => bodies.SelectMany(b => JsonDocument.Parse(b).RootElement.GetProperty("value").EnumerateArray().Select(e => e.GetProperty("id").GetInt32()).ToArray());
}
