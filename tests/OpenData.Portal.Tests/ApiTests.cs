using System.Net;
using System.Text.Json;
using OpenData.TestKit;

namespace OpenData.Portal.Tests;

[Collection(ReadingTests.Name)]
public sealed class ApiTests(PortalFixture portal)
{
    [Fact]
    public async Task The_list_has_open_datasets_only_in_parts_with_a_next_link()
    {
        var first = await Json("api/v1/datasets?limit=2");
        var second = await Json(first.GetProperty("next").GetString()![portal.Portal.Root.AbsoluteUri.Length..]);

        Assert.Equal(3, first.GetProperty("total").GetInt32());
        Assert.Equal(["markets", "probes"], Ids(first));
        Assert.Equal(["reports"], Ids(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task A_dataset_tells_columns_files_and_terms()
    {
        var detail = await Json("api/v1/datasets/markets");

        Assert.Equal("Chợ không tiền mặt", detail.GetProperty("title").GetProperty("vi").GetString());
        Assert.Equal("decimal(18,2)", detail.GetProperty("columns")[3].GetProperty("type").GetString());
        Assert.Equal(
            ["csv", "csv_gz", "csv_excel", "xlsx", "tsv", "json", "ndjson", "parquet", "arrow", "arrows"],
            detail.GetProperty("downloads").EnumerateArray().Select(d => d.GetProperty("format").GetString()));
        Assert.Equal("on_time", detail.GetProperty("freshness").GetProperty("state").GetString());
        foreach (var link in detail.GetProperty("downloads").EnumerateArray())
        {
            using var answer = await portal.Client.GetAsync(new Uri(link.GetProperty("version_url").GetString()!));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Quality_counts_every_received_record_once()
    {
        var quality = await Json("api/v1/datasets/markets/quality");
        var counts = quality.GetProperty("counts").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt64(), StringComparer.Ordinal);

        Assert.Equal(6, counts["received"]);
        Assert.Equal(counts["received"], counts.Where(c => c.Key is not ("received" or "removed")).Sum(c => c.Value));
        Assert.Equal(1, quality.GetProperty("quarantine").EnumerateArray().Sum(q => q.GetProperty("rows").GetInt64()));
        Assert.DoesNotContain("không phải số", quality.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quality_tells_in_both_languages_why_a_dataset_is_or_is_not_on_time()
    {
        var told = (await Json("api/v1/datasets/markets/quality")).GetProperty("explanation").EnumerateArray().ToList();
        Assert.NotEmpty(told);
        Assert.All(told, s => Assert.True(s.GetProperty("vi").GetString()!.Length > 10 && s.GetProperty("en").GetString()!.Length > 10));
        var page = await portal.Client.GetStringAsync("datasets/markets");
        Assert.All(told, s => Assert.Contains(s.GetProperty("vi").GetString()!, page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("markets")]
    [InlineData("probes")]
    [InlineData("reports")]
    public async Task Every_published_column_has_a_source_and_no_personal_column_is_named(string dataset)
    {
        var lineage = await Json($"api/v1/datasets/{dataset}/lineage");
        var columns = (await Json($"api/v1/datasets/{dataset}")).GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("name").GetString());
        Assert.Equal(columns, lineage.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.All(lineage.GetProperty("columns").EnumerateArray(), c => Assert.False(string.IsNullOrEmpty(c.GetProperty("source_field").GetString())));
        Assert.DoesNotContain("citizen_number", lineage.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await portal.Client.GetAsync("api/v1/datasets/nowhere/lineage")).StatusCode);
    }

    [Theory]
    [InlineData("", "Bộ dữ liệu")]
    [InlineData("en/", "Datasets")]
    public async Task A_run_that_nobody_knows_is_404_as_a_page(string language, string words)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, language + "runs/20260101T000000000Z-00000000");
        request.Headers.Add("Accept", "text/html");
        using var answer = await portal.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_lead_to_their_files()
    {
        var versions = await Json("api/v1/datasets/markets/versions");
        var name = versions.GetProperty("items")[0].GetProperty("version").GetString();
        var version = await Json("api/v1/datasets/markets/versions/" + name);

        Assert.True(versions.GetProperty("items")[0].GetProperty("current").GetBoolean());
        Assert.Equal(4, version.GetProperty("rows").GetInt64());
        Assert.Equal(10, version.GetProperty("downloads").GetArrayLength());
    }

    [Fact]
    public async Task Any_site_may_read_data_and_nobody_may_frame_a_page()
    {
        using var data = await portal.Portal.GetAsync("api/v1/datasets", "Origin", "https://example.org");
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "datasets/markets.csv");
        preflight.Headers.Add("Origin", "https://example.org");
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        using var answer = await portal.Client.SendAsync(preflight);

        Assert.Equal("*", data.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Contains("GET", answer.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        Assert.Equal("DENY", data.Headers.GetValues("X-Frame-Options").Single());
    }

    [Fact]
    public async Task A_forwarded_host_counts_only_from_a_trusted_proxy()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/datasets/markets");
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        using var answer = await portal.Client.SendAsync(request);

        Assert.DoesNotContain("evil.example", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_description_is_the_checked_in_one()
    {
        var described = await portal.Client.GetStringAsync("swagger/v1/swagger.json");
        var file = Repository.File("portal/openapi.json");
        if (Environment.GetEnvironmentVariable("OPENDATA_GOLDEN") == "accept")
        {
            await File.WriteAllBytesAsync(file, System.Text.Encoding.UTF8.GetBytes(described.TrimEnd() + "\n"));
        }

        Assert.True((await File.ReadAllTextAsync(file)).TrimEnd() == described.TrimEnd(), "portal/openapi.json differs from the running API. Run ./dev golden when the change is meant.");
    }

    [Fact]
    public async Task Every_address_and_every_property_is_described()
    {
        var description = await Json("swagger/v1/swagger.json");
        foreach (var operation in description.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()))
        {
            Assert.False(string.IsNullOrEmpty(operation.Value.GetProperty("summary").GetString()));
        }

        var undescribed = description.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .SelectMany(s => s.Value.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Select(p => (Name: s.Name + "." + p.Name, p.Value)) : [])
            .Where(p => !p.Value.TryGetProperty("description", out _) && !p.Value.TryGetProperty("$ref", out _))
            .Select(p => p.Name);
        Assert.Empty(undescribed);
    }

    [Fact]
    public async Task The_page_of_the_description_needs_no_inline_script()
    {
        var html = await portal.Client.GetStringAsync("swagger/index.html");

        Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)", html);
        Assert.DoesNotContain("//", html.Replace("<!--", "", StringComparison.Ordinal).Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Ids(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString());

    private async Task<JsonElement> Json(string path)
    {
        using var document = JsonDocument.Parse(await portal.Client.GetStringAsync(path));
        return document.RootElement.Clone();
    }
}
