using System.Net;
using System.Text;
using System.Text.Json;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;

namespace OpenData.Portal.Tests;

/// <summary>The one shape: type, title, status, detail, instance, code, request_id; the code is stable and the sentence in the caller's language.</summary>
[Collection(ReadingTests.Name)]
public sealed class ErrorShapeTests(PortalFixture portal)
{
    private const string GoodVersion = "20200101T000000000Z-00000000";

    public static TheoryData<string, int, string> Failing => new()
    {
        { "datasets/nope.csv", 404, "OD9030" },
        { "datasets/markets.docx", 404, "OD9033" },
        { "datasets/markets.csv?excel=2", 400, "OD9027" },
        { "datasets/markets.json?excel=1", 400, "OD9027" },
        { "datasets/markets.csv?$filter=name eq 'x'", 400, "OD9027" },
        { $"datasets/markets/versions/{GoodVersion}.csv", 404, "OD9031" },
        { "datasets/markets/versions/..%2F..%2Fetc.csv", 404, "OD9031" },
        { "datasets/markets/versions/x.csv", 404, "OD9031" },
        { "api/v1/datasets/nope", 404, "OD9030" },
        { "api/v1/datasets/MARKETS", 404, "OD9030" },
        { "api/v1/datasets?limit=0", 400, "OD9027" },
        { "api/v1/datasets?limit=201", 400, "OD9027" },
        { "api/v1/datasets?offset=-1", 400, "OD9027" },
        { "api/v1/datasets?nonsense=1", 400, "OD9027" },
        { "api/v1/datasets/markets?nonsense=1", 400, "OD9027" },
        { "api/v1/datasets/markets/quality?limit=1", 400, "OD9027" },
        { $"api/v1/datasets/markets/versions/{GoodVersion}?x", 400, "OD9027" },
        { "api/v1/runs/nope?x=1", 400, "OD9027" },
        { "API/V1/nowhere", 404, "OD9024" },
        { "api/v1/datasets/nope/versions", 404, "OD9030" },
        { "api/v1/datasets/nope/quality", 404, "OD9030" },
        { $"api/v1/datasets/markets/versions/{GoodVersion}", 404, "OD9031" },
        { "api/v1/runs/nope", 404, "OD9034" },
        { "api/v1/runs?dataset=nope", 404, "OD9030" },
        { "datasets/markets/changes", 400, "OD9027" },
        { "datasets/nope/changes?from=2026-01-01", 404, "OD9030" },
        { "datasets/markets/changes.csv?from=soon", 400, "OD1207" },
        { "datasets/markets/changes?from=2001-01-01", 404, "OD1219" },
        { $"api/v1/datasets/markets/changes?from={GoodVersion}", 404, "OD9031" },
        { "api/v1/datasets/markets/changes.xml?from=2026-01-01", 404, "OD9033" },
        { "api/v1/datasets/markets?asof=soon", 400, "OD1207" },
        { "feeds/nope.atom", 404, "OD9030" },
        { "feeds/markets.rss", 404, "OD9033" },
        { "en/feeds/datasets.json?x=1", 400, "OD9027" },
        { "api/v1/nowhere", 404, "OD9024" },
        { "api/v2/datasets", 404, "OD9024" },
    };

    [Theory]
    [MemberData(nameof(Failing))]
    public async Task Every_failing_machine_address_answers_with_the_one_shape(string path, int status, string code)
    {
        using var answer = await portal.Portal.GetAsync(path, "Accept-Language", "en");
        var body = await answer.Content.ReadAsStringAsync();
        using var problem = JsonDocument.Parse(body);
        var root = problem.RootElement;

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(code, root.GetProperty("code").GetString());
        Assert.Equal(status, root.GetProperty("status").GetInt32());
        Assert.Equal("urn:opendata:error:" + code, root.GetProperty("type").GetString());
        Assert.False(string.IsNullOrWhiteSpace(root.GetProperty("title").GetString()));
        Assert.False(string.IsNullOrWhiteSpace(root.GetProperty("detail").GetString()));
        Assert.Equal(answer.Headers.GetValues("X-Request-Id").Single(), root.GetProperty("request_id").GetString());
        Assert.Contains("Accept-Language", answer.Headers.Vary);
        AssertSilent(body);
    }

    [Fact]
    public async Task The_sentence_is_in_the_callers_language()
    {
        var vietnamese = await Detail("vi-VN,en;q=0.5");
        var english = await Detail("fr, en-GB;q=0.8, vi;q=0.1");
        var unasked = await Detail("fr");

        Assert.Equal("Không có bộ dữ liệu mở nào mang mã này.", vietnamese);
        Assert.Equal("No open dataset has this id.", english);
        Assert.Equal(vietnamese, unasked);
    }

    [Theory]
    [InlineData("nowhere", "vi", 404)]
    [InlineData("en/nowhere", "en", 404)]
    [InlineData("datasets/nope", "vi", 404)]
    [InlineData("en/datasets/nope", "en", 404)]
    public async Task A_failing_page_says_what_happened_and_what_still_works(string path, string language, int status)
    {
        using var answer = await portal.Client.GetAsync(path);
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
        Assert.Contains(answer.Headers.GetValues("X-Request-Id").Single(), html, StringComparison.Ordinal);
        Assert.Contains(language == "en" ? "What still works" : "Những gì vẫn dùng được", html, StringComparison.Ordinal);
        AssertSilent(html);
    }

    [Theory]
    [InlineData("datasets/markets.csv")]
    [InlineData("api/v1/datasets")]
    [InlineData("datasets")]
    public async Task A_method_that_writes_is_405_and_says_which_ones_read(string path)
    {
        using var answer = await portal.Client.PostAsync(path, new StringContent("x"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Contains("GET", answer.Content.Headers.Allow);
        Assert.Contains("OD9023", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(17_000)]
    [InlineData(40_000)]
    public async Task An_address_over_16_KiB_is_414(int length)
    {
        using var answer = await portal.Client.GetAsync("api/v1/datasets?q=" + new string('a', length));
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.RequestUriTooLong, answer.StatusCode);
        Assert.Equal("OD9022", problem.RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Rubbish_never_gives_500()
    {
        var random = new Random(20261122);
        var alphabet = "%0123456789abcdefghijklmnopqrstuvwxyzĐ/.?&=;:@!$'()*+,-_~\\^`{|}\"<>[] ễ".ToCharArray();
        var ascii = alphabet.Where(char.IsAscii).ToArray();
        string[] prefixes = ["", "datasets/", "datasets/markets.", "datasets/markets/versions/", "api/v1/datasets/", "api/v1/datasets?", "datasets?", "api/v1/runs/", "en/datasets/", "datasets/markets.csv?",
            "datasets/markets/changes?from=", "datasets/markets/changes.", "feeds/", "datasets/markets?asof=", "datasets/markets/versions?"];
        for (var i = 0; i < 400; i++)
        {
            var path = prefixes[i % prefixes.Length] + new string(random.GetItems(alphabet, random.Next(1, 60)));
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(portal.Portal.Root, path));
            request.Headers.TryAddWithoutValidation("Accept-Language", new string(random.GetItems(ascii, 8)));
            request.Headers.TryAddWithoutValidation("If-None-Match", new string(random.GetItems(ascii, 8)));
            request.Headers.TryAddWithoutValidation("Range", "bytes=" + random.Next(-5, 900));
            using var answer = await portal.Client.SendAsync(request);

            Assert.True((int)answer.StatusCode < 500, $"{path} gave {(int)answer.StatusCode}");
            AssertSilent(await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public void Every_code_that_can_reach_the_portal_has_a_status()
    {
        Type[] rooms =
        [
            .. typeof(PortalErrors).Assembly.GetTypes(),
            .. typeof(Warehouse.Query.SqlText).Assembly.GetTypes()
                .Where(t => t.Namespace is "OpenData.Warehouse.Query" or "OpenData.Warehouse.Changes" or "OpenData.Warehouse.Engine" or "OpenData.Warehouse.Export"),
        ];
        var codes = rooms
            .SelectMany(t => t.GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
            .Where(f => f.FieldType == typeof(ErrorCode))
            .Select(f => (ErrorCode)f.GetValue(null)!)
            .ToList();

        Assert.NotEmpty(codes);
        Assert.Empty(codes.Where(c => !ErrorStatus.Knows(c)).Select(c => c.Code));
    }

    private async Task<string?> Detail(string languages)
    {
        using var answer = await portal.Portal.GetAsync("api/v1/datasets/nope", "Accept-Language", languages);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("detail").GetString();
    }

    private void AssertSilent(string body)
    {
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
        Assert.DoesNotContain(portal.Town.DataFolder, body, StringComparison.Ordinal);
        Assert.DoesNotContain("SELECT", body, StringComparison.Ordinal);
        Assert.DoesNotContain(TestTown.Planted, body, StringComparison.Ordinal);
        Assert.True(Encoding.UTF8.GetByteCount(body) < 100_000);
    }
}
