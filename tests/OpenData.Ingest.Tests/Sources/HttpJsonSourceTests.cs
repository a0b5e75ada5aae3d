using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Sources;

namespace OpenData.Ingest.Tests.Sources;

public sealed class HttpJsonSourceTests
{
    private static readonly SourceBinding Cursor = new("http_json")
    {
        Records = "$.data",
        Total = "$.total",
        Paging = new PagingBinding("cursor") { Next = "$.next" },
    };

    private static readonly SourceBinding Pages = new("http_json")
    {
        Records = "$.data",
        Total = "$.total",
        Paging = new PagingBinding("page") { Parameter = "p", SizeParameter = "n", Size = 3 },
    };

    private static readonly SourceBinding Offset = Pages with { Paging = new PagingBinding("offset") { Parameter = "skip", SizeParameter = "n", Size = 3 } };

    [Fact]
    public async Task Every_style_reads_every_record_once()
    {
        await using var agency = await FlakyAgency.Start((c, _) => Honest(c, 8, 3));
        using var rig = new SourceRig();
        foreach (var source in new[] { Cursor, Pages, Offset, Cursor with { Paging = new PagingBinding("link") } })
        {
            Assert.Equal(Enumerable.Range(0, 8), Ids(await rig.Fetch(source with { Url = agency.Url + "/cases?fixed=1" })));
            Assert.Equal(Enumerable.Range(0, 8), Ids(await rig.Fetch(source with { Url = agency.Url + "/cases?fixed=1", Total = null })));
        }

        var token = Cursor with { Paging = new PagingBinding("cursor") { Next = "$.token", Parameter = "skip" } };
        Assert.Equal(Enumerable.Range(0, 8), Ids(await rig.Fetch(token with { Url = agency.Url + "/cases?fixed=1" })));
    }

    [Fact]
    public async Task A_source_that_gives_smaller_pages_than_asked_for_is_read_to_its_end()
    {
        await using var agency = await FlakyAgency.Start((c, _) => Honest(c, 7, 2));
        using var rig = new SourceRig();
        Assert.Equal(Enumerable.Range(0, 7), Ids(await rig.Fetch(Offset with { Url = agency.Url + "?fixed=1", Total = null })));
        Assert.Equal(Enumerable.Range(0, 7), Ids(await rig.Fetch(Pages with { Url = agency.Url + "?fixed=1", Total = null })));
    }

    [Fact]
    public async Task No_records_are_one_empty_page()
    {
        await using var agency = await FlakyAgency.Start((c, _) => Honest(c, 0, 3));
        using var rig = new SourceRig();
        Assert.Empty(Ids(await rig.Fetch(Pages with { Url = agency.Url + "?fixed=1" })));
        Assert.Single(rig.Bodies);
    }

    [Fact]
    public async Task The_lower_bound_is_sent_with_its_zone()
    {
        var queries = new List<string>();
        await using var agency = await FlakyAgency.Start((c, _) =>
        {
            queries.Add(c.Request.Query["updated_since"].ToString());
            return Honest(c, 0, 3);
        });
        using var rig = new SourceRig();
        var source = Pages with { Url = agency.Url + "?fixed=1", Incremental = new IncrementalBinding("updated_at", "updated_since", TimeSpan.FromMinutes(10)) };
        await rig.Fetch(source, new DateTimeOffset(2025, 7, 1, 8, 30, 0, TimeSpan.FromHours(7)).AddTicks(1230));
        await rig.Fetch(source);
        Assert.Equal(["2025-07-01T01:30:00.000123Z", ""], queries);
    }

    [Fact]
    public async Task One_bad_page_is_asked_for_again_without_reading_all_from_the_start()
    {
        await using var agency = await FlakyAgency.Start((c, n) => n == 2 ? FlakyAgency.Text(c, "{\"data\": [", status: 200) : Honest(c, 8, 3));
        using var rig = new SourceRig();
        Assert.Equal(Enumerable.Range(0, 8), Ids(await rig.Fetch(Pages with { Url = agency.Url + "?fixed=1" })));
        Assert.Equal(4, agency.Requests);
    }

    [Fact]
    public Task A_next_address_that_leads_back_ends_by_name() => Fails(
        SourceErrors.PagesRepeat, Cursor, (c, n) => Page(c, [n], 99, next: "/cases?page=" + (n % 2)));

    [Fact]
    public Task The_same_page_under_other_addresses_ends_by_name() => Fails(
        SourceErrors.PagesRepeat, Pages, (c, _) => Page(c, [1, 2, 3], 9));

    [Fact]
    public Task Fewer_records_than_declared_end_by_name() => Fails(
        SourceErrors.CountMismatch, Pages, (c, _) => Page(c, Number(c, "p") > 2 ? [] : [Number(c, "p")], 9));

    [Fact]
    public Task More_records_than_declared_end_by_name() => Fails(
        SourceErrors.CountMismatch, Pages, (c, _) => Page(c, [1, 2, 3], 2));

    [Fact]
    public Task A_total_that_keeps_shifting_ends_by_name() => Fails(
        SourceErrors.PagesShifted, Pages, (c, n) => Page(c, [n], 50 + n));

    [Fact]
    public async Task A_total_that_shifts_once_is_read_again_from_the_first_page()
    {
        await using var agency = await FlakyAgency.Start((c, n) => Honest(c, n < 3 ? 7 : 8, 3));
        using var rig = new SourceRig();
        await rig.Fetch(Pages with { Url = agency.Url + "?fixed=1" });
        Assert.Equal(Enumerable.Range(0, 8), Ids(rig.Bodies.TakeLast(3)));
    }

    [Fact]
    public async Task A_key_on_two_pages_is_read_again_from_the_first_page_unless_the_contract_expects_it()
    {
        await using var agency = await FlakyAgency.Start((c, n) => n == 2 ? Page(c, [4, 0, 5], 8) : Honest(c, 8, 3));
        using var rig = new SourceRig(columns: ["id"]);
        await rig.Fetch(Pages with { Url = agency.Url + "?fixed=1" });
        Assert.Equal((5, 4), (agency.Requests, rig.Readings));
        Assert.Equal(Enumerable.Range(0, 8), Ids(rig.Bodies.TakeLast(3)));

        await using var register = await FlakyAgency.Start((c, _) => Page(c, Number(c, "p") switch { 1 => [1, 1, 2], 2 => [3, 4, 2], _ => [] }, 6));
        Assert.Equal(SourceErrors.KeyRepeats, await rig.Failure(Pages with { Url = register.Url }));
        Assert.Equal([1, 1, 2, 3, 4, 2], Ids(await rig.Fetch(Pages with { Url = register.Url, Repeats = true })));
    }

    [Fact]
    public async Task Keys_far_apart_are_compared_as_far_as_they_are_remembered()
    {
        await using var agency = await FlakyAgency.Start((c, _) => Page(c, Number(c, "p") is > 0 and <= 8 and var p ? [p * 10, p == 8 ? 11 : p * 10 + 1] : [], 16));
        using var all = new SourceRig(columns: ["id"]);
        Assert.Equal(SourceErrors.KeyRepeats, await all.Failure(Pages with { Url = agency.Url }));
        using var few = new SourceRig(SourceRig.Short with { PageKeysMax = 6 }, columns: ["id"]);
        Assert.Equal(16, Ids(await few.Fetch(Pages with { Url = agency.Url })).Count());
    }

    [Fact]
    public async Task Keys_of_several_parts_are_told_apart_by_all_of_them_and_by_text_not_by_spelling()
    {
        string[] pages = ["""[{"a":{"x":"\u0041"},"id":1},{"a":{"x":"A"},"id":2},{"id":3}]""", """[{"a":{"x":"A1"},"id":""},{"id":3},{"a":{"x":"A"},"id":"1"}]""", """[{"a":{"x":"A"},"id":1.0}]"""];
        Assert.Equal(7, await Read(pages));
        Assert.Equal(-1, await Read([.. pages, """[{"id":2,"a":{"x":"\u0041"}}]"""]));
    }

    [Fact]
    public Task A_missing_list_ends_by_name() => Fails(
        SourceErrors.PageNotReadable, Pages, (c, _) => FlakyAgency.Text(c, "{\"error\":\"maintenance\"}"));

    [Fact]
    public Task A_missing_total_ends_by_name() => Fails(
        SourceErrors.PageNotReadable, Pages, (c, _) => FlakyAgency.Text(c, "{\"data\":[],\"total\":\"many\"}"));

    [Fact]
    public Task Nesting_without_end_ends_by_name() => Fails(
        SourceErrors.PageNotReadable, Pages, (c, _) => FlakyAgency.Text(c, new string('[', 100_000)));

    [Fact]
    public Task A_next_address_on_another_host_ends_by_name() => Fails(
        SourceErrors.PageNotReadable, Cursor, (c, _) => Page(c, [1], 2, next: "http://example.org/steal"));

    [Fact]
    public Task An_endless_page_ends_by_name() => Fails(SourceErrors.TooLarge, Pages, (c, _) => FlakyAgency.Endless(c));

    [Fact]
    public Task Pages_without_end_end_by_name() => Fails(
        SourceErrors.TooManyPages, Pages with { Total = null }, (c, n) => Page(c, [n], null), SourceRig.Short with { PagesMax = 20 });

    private static async Task<int> Read(string[] pages)
    {
        await using var agency = await FlakyAgency.Start((c, _) => FlakyAgency.Text(c, Number(c, "p") <= pages.Length ? pages[Number(c, "p") - 1] : "[]"));
        using var rig = new SourceRig(columns: ["a.x", "id"]);
        try
        {
            return (await rig.Fetch(new SourceBinding("http_json") { Url = agency.Url, Paging = new PagingBinding("page") { Parameter = "p" } }))
                .Sum(b => JsonDocument.Parse(b).RootElement.GetArrayLength());
        }
        catch (OpenDataException e) when (e.Code == SourceErrors.KeyRepeats)
        {
            return -1;
        }
    }

    private static async Task Fails(ErrorCode code, SourceBinding source, Func<HttpContext, int, Task> answer, SourceLimits? limits = null)
    {
        await using var agency = await FlakyAgency.Start(answer);
        using var rig = new SourceRig(limits);
        Assert.Equal(code, await rig.Failure(source with { Url = agency.Url + "/cases" }));
    }

    private static int Number(HttpContext context, string name)
        => int.TryParse(context.Request.Query[name], CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Serves ids 0 to count-1 by page number, offset or address.</summary>
    private static Task Honest(HttpContext context, int count, int size)
    {
        Assert.Equal("1", context.Request.Query["fixed"]);
        var skip = Number(context, "p") > 0 ? (Number(context, "p") - 1) * size : Number(context, "skip");
        int[] ids = [.. Enumerable.Range(0, count).Skip(skip).Take(size)];
        var after = skip + ids.Length < count ? $"/cases?fixed=1&skip={skip + size}" : null;
        if (after is not null)
        {
            context.Response.Headers.Link = $"</cases?fixed=1>; rel=\"first\", <{after}>; rel=\"next\"";
        }

        return Page(context, ids, count, after, after is null ? null : skip + size);
    }

    private static Task Page(HttpContext context, int[] ids, int? total, string? next = null, int? token = null)
        => FlakyAgency.Text(context, JsonSerializer.Serialize(new { data = ids.Select(id => new { id }), total, next, token }));

    private static IEnumerable<int> Ids(IEnumerable<string> bodies)
        => bodies.SelectMany(b => JsonDocument.Parse(b).RootElement.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("id").GetInt32()).ToArray());
}
