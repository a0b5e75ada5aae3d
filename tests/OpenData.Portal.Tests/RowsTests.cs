using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Tests;

[Collection(ReadingTests.Name)]
public sealed class RowsTests(PortalFixture portal)
{
    private const string Rows = "api/v1/datasets/markets/rows";

    private string Version => portal.Town.Store.Current("markets")!.Version;

    [Fact]
    public async Task Without_parameters_it_is_the_whole_table_as_an_array()
    {
        using var answer = await portal.Client.GetAsync(Rows);
        var json = await answer.Content.ReadAsStringAsync();

        Assert.Equal(await portal.Client.GetStringAsync("datasets/markets.json"), json);
        Assert.Equal(Version, answer.Headers.GetValues("OpenData-Version").Single());
    }

    [Fact]
    public async Task Columns_come_in_the_order_asked_for_and_rows_by_condition_order_and_limit()
    {
        var csv = await portal.Client.GetStringAsync(
            Rows + "?columns=name,market_id&where=stalls%20gt%2010%20and%20contains(name,'Ch%E1%BB%A3')&order=stalls%20desc&limit=2&format=csv");

        Assert.Equal("name,market_id\nChợ Đồng Quang,0001\n\"Chợ Thái, \"\"trung tâm\"\"\",0002\n", csv);
    }

    [Fact]
    public async Task A_limit_of_nothing_gives_the_head_alone()
        => Assert.Equal("market_id\n", await portal.Client.GetStringAsync(Rows + "?columns=market_id&limit=0&format=csv"));

    [Theory]
    [InlineData("csv", "datasets/markets.csv")]
    [InlineData("csv_excel", "datasets/markets.csv?excel=1")]
    [InlineData("tsv", "datasets/markets.tsv")]
    [InlineData("ndjson", "datasets/markets.ndjson")]
    [InlineData("xlsx", "datasets/markets.xlsx")]
    [InlineData("parquet", null)]
    [InlineData("arrow", "datasets/markets.arrow")]
    [InlineData("arrows", "datasets/markets.arrows")]
    public async Task Every_format_of_a_query_is_the_format_of_the_whole_table(string format, string? file)
    {
        using var rows = await portal.Client.GetAsync($"{Rows}?format={format}");
        var bytes = await rows.Content.ReadAsByteArrayAsync();

        Assert.Equal(HttpStatusCode.OK, rows.StatusCode);
        Assert.Equal(bytes.Length, rows.Content.Headers.ContentLength);
        if (file is not null)
        {
            Assert.Equal(await portal.Client.GetByteArrayAsync(file), bytes);
        }
    }

    [Theory]
    [InlineData("text/csv", "text/csv")]
    [InlineData("application/vnd.apache.arrow.stream, */*;q=0.1", "application/vnd.apache.arrow.stream")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/x-ndjson;q=0.5, text/csv;q=0.9", "text/csv")]
    public async Task Accept_chooses_the_format_where_no_parameter_does(string accept, string mediaType)
    {
        using var answer = await portal.Portal.GetAsync(Rows, "Accept", accept);

        Assert.Equal(mediaType, answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Accept", answer.Headers.Vary);
    }

    [Theory]
    [InlineData("?colums=name", 400, "OD9027", null)]
    [InlineData("?columns=name&columns=stalls", 400, "OD9027", null)]
    [InlineData("?columns=", 400, "OD9027", null)]
    [InlineData("?limit=-1", 400, "OD9027", null)]
    [InlineData("?limit=1e3", 400, "OD9027", null)]
    [InlineData("?columns=name,nam", 400, "OD1202", 5)]
    [InlineData("?where=stalls%20gt%20%27a%27", 400, "OD1204", null)]
    [InlineData("?where=stalls%20gt", 400, "OD1201", 9)]
    [InlineData("?order=stalls%20down", 400, "OD1201", null)]
    [InlineData("?format=docx", 404, "OD9033", null)]
    [InlineData("?format=geojson", 404, "OD9033", null)]
    [InlineData("?asof=20200101T000000000Z-00000000", 404, "OD9031", null)]
    public async Task What_cannot_be_obeyed_is_refused_with_its_place(string query, int status, string code, int? position)
    {
        using var answer = await portal.Client.GetAsync(Rows + query);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        if (position is not null)
        {
            Assert.Equal(position, problem.RootElement.GetProperty("position").GetInt32());
        }
    }

    [Fact]
    public async Task What_nobody_writes_is_not_acceptable()
    {
        using var answer = await portal.Portal.GetAsync(Rows, "Accept", "application/msword");

        Assert.Equal(HttpStatusCode.NotAcceptable, answer.StatusCode);
    }

    [Fact]
    public async Task Equal_questions_have_one_tag_however_they_are_spelled_and_a_current_copy_is_304()
    {
        using var first = await portal.Client.GetAsync(Rows + "?where=stalls%20gt%2010&columns=name");
        using var second = await portal.Client.GetAsync(Rows + "?columns=NAME&where=(stalls%20%20gt%2010)");
        using var other = await portal.Client.GetAsync(Rows + "?where=stalls%20gt%2011&columns=name");
        using var copy = await portal.Portal.GetAsync(Rows + "?where=stalls%20gt%2010&columns=name", "If-None-Match", first.Headers.ETag!.ToString());

        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.NotEqual(first.Headers.ETag, other.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, copy.StatusCode);
    }

    [Fact]
    public async Task A_range_of_another_state_is_answered_whole_and_an_unknown_unit_passed_over()
    {
        var whole = await portal.Client.GetByteArrayAsync(Rows + "?format=arrow");
        using var stale = new HttpRequestMessage(HttpMethod.Get, Rows + "?format=arrow");
        stale.Headers.TryAddWithoutValidation("Range", "bytes=8-");
        stale.Headers.TryAddWithoutValidation("If-Range", "\"another\"");
        using var again = await portal.Client.SendAsync(stale);
        using var part = await portal.Portal.GetAsync(Rows + "?format=arrow", "Range", "bytes=8-");
        using var unit = await portal.Portal.GetAsync(Rows + "?format=arrow", "Range", "rows=1-2");

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(whole, await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(whole[8..], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, unit.StatusCode);
    }

    [Fact]
    public async Task A_question_about_now_is_never_kept()
    {
        using var answer = await portal.Client.GetAsync(Rows + "?where=counted_at%20lt%20now()");

        Assert.Null(answer.Headers.ETag);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_personal_column_is_unknown_to_every_parameter()
    {
        foreach (var query in new[] { "columns=citizen_number", "where=citizen_number%20ne%20null", "order=citizen_number" })
        {
            using var answer = await portal.Client.GetAsync("api/v1/datasets/reports/rows?" + query);
            var body = await answer.Content.ReadAsStringAsync();

            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.DoesNotContain(TestTown.Planted, body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_answer_is_computed_once_and_then_given_from_memory()
    {
        var answers = portal.Portal.App.Services.GetRequiredService<AnswerCache>();
        var path = Rows + "?where=stalls%20gt%2079&columns=name&format=csv";
        var first = await portal.Client.GetStringAsync(path);
        var bytes = answers.Bytes;
        var second = await portal.Client.GetStringAsync(path);

        Assert.Equal(first, second);
        Assert.Equal(bytes, answers.Bytes);
        Assert.True(bytes > 0);
    }
}
