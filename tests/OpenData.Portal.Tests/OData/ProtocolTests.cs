using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace OpenData.Portal.Tests.OData;

/// <summary>Headers and spellings that clients send, whatever the query is.</summary>
public sealed class ProtocolTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private const string Evil = "evil.example";

    public static TheoryData<string, int> Answers { get; } = new()
    {
        { "odata/", 200 },
        { "odata/$metadata", 200 },
        { "odata/markets", 200 },
        { "odata/markets?$filter=counted_at lt now()", 200 },
        { "odata/markets?$format=csv", 200 },
        { "odata/markets?$format=parquet", 200 },
        { "odata/markets/$count", 200 },
        { "odata/markets('0001')", 200 },
        { "odata/markets('0001')/name", 200 },
        { "odata/markets('0001')/name/$value", 200 },
        { "odata/markets('0003')/stalls", 204 },
        { "odata/markets('9')", 404 },
        { "odata/nowhere", 404 },
        { "odata/markets?$filter=stals eq 1", 400 },
        { "odata/markets?$index=1", 501 },
        { "odata/$batch", 405 },
        { "odata/markets?$format=css", 406 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_answer_has_the_version_of_its_caller_and_says_what_it_varies_by(string address, int status)
    {
        foreach (var version in new[] { "4.0", "4.01" })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                using var answer = await AskAsync(method, address, ("OData-MaxVersion", version), ("Accept-Encoding", "br"));
                Assert.Equal((status, version), ((int)answer.StatusCode, answer.Headers.GetValues("OData-Version").Single()));
                foreach (var name in new[] { "Accept", "Accept-Encoding", "OData-MaxVersion", "Prefer" })
                {
                    Assert.Contains(name, answer.Headers.Vary);
                }

                if (status >= 400 && method == HttpMethod.Get)
                {
                    Assert.Equal(
                        version == "4.0" ? "application/json;odata.metadata=minimal;charset=utf-8" : "application/json;metadata=minimal;charset=utf-8",
                        answer.Content.Headers.ContentType!.ToString().Replace(" ", "", StringComparison.Ordinal));
                }

                if (answer.Headers.ETag is { } tag)
                {
                    using var same = await AskAsync(HttpMethod.Get, address, ("OData-MaxVersion", version), ("Accept-Encoding", "br"), ("If-None-Match", tag.ToString()));
                    Assert.Equal((HttpStatusCode.NotModified, version), (same.StatusCode, same.Headers.GetValues("OData-Version").Single()));
                    Assert.Contains("Accept-Encoding", same.Headers.Vary);
                }
            }
        }
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip;q=0.5, br;q=1.0", "br")]
    [InlineData("GZIP", "gzip")]
    [InlineData("identity", null)]
    [InlineData("compress", null)]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData(null, null)]
    public async Task Json_is_packed_as_the_caller_can_unpack_it(string? accepted, string? packed)
    {
        foreach (var address in new[] { "odata/", "odata/$metadata", "odata/markets", "odata/markets('0001')", "odata/markets?$filter=stals eq 1" })
        {
            using var answer = accepted is null ? await fixture.Client.GetAsync(address) : await AskAsync(HttpMethod.Get, address, ("Accept-Encoding", accepted));
            Assert.Equal(packed is null ? [] : [packed], answer.Content.Headers.ContentEncoding);
            Assert.Single(answer.Headers.Vary, v => v == "Accept-Encoding");
            await using var body = await answer.Content.ReadAsStreamAsync();
            await using Stream plain = packed switch
            {
                "gzip" => new GZipStream(body, CompressionMode.Decompress),
                "br" => new BrotliStream(body, CompressionMode.Decompress),
                _ => body,
            };
            using var text = new StreamReader(plain);
            Assert.Equal(await PlainAsync(address), WithoutId(await text.ReadToEndAsync()));
        }
    }

    [Theory]
    [InlineData("odata/markets", "GET, HEAD, OPTIONS")]
    [InlineData("odata/$metadata", "GET, HEAD, OPTIONS")]
    [InlineData("odata/$batch", "POST, OPTIONS")]
    public async Task A_script_of_any_site_may_ask_with_the_headers_of_OData(string address, string methods)
    {
        using var answer = await AskAsync(
            HttpMethod.Options, address, ("Origin", "https://" + Evil), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "odata-maxversion,prefer"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(methods, string.Join(", ", answer.Headers.GetValues("Access-Control-Allow-Methods")));
        var headers = string.Join(", ", answer.Headers.GetValues("Access-Control-Allow-Headers")).Split(", ");
        Assert.Superset(new HashSet<string> { "Accept", "Content-Type", "If-None-Match", "OData-MaxVersion", "OData-Version", "Prefer" }, headers.ToHashSet());
        using var page = await AskAsync(HttpMethod.Get, "odata/markets", ("Origin", "https://" + Evil));
        var exposed = string.Join(", ", page.Headers.GetValues("Access-Control-Expose-Headers")).Split(", ");
        Assert.Superset(new HashSet<string> { "ETag", "Location", "OData-Version", "Preference-Applied" }, exposed.ToHashSet());
    }

    [Theory]
    [InlineData("$format=json", "text/csv", "application/json")]
    [InlineData("$format=json", "application/xml", "application/json")]
    [InlineData("$format=csv", "application/json", "text/csv")]
    [InlineData("format=application/json;odata.metadata=none", "text/css", "application/json")]
    [InlineData("", "text/csv", "text/csv")]
    [InlineData("", "*/*;q=0.1", "application/json")]
    [InlineData("", "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8, */*;q=0.1", "application/json")]
    [InlineData("", "application/json;q=0.2,text/csv;q=0.1", "application/json")]
    [InlineData("", "application/atomsvc+xml;q=0.8, application/json;odata.metadata=full;q=0.7, application/json;q=0.5, */*;q=0.1", "application/json")]
    public async Task Format_overrules_Accept_and_odd_values_of_Accept_are_understood(string query, string accept, string type)
    {
        using var answer = await AskAsync(HttpMethod.Get, "odata/markets?" + query, ("Accept", accept));

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("odata/markets", "nonsense")]
    [InlineData("odata/markets", "application/atom+xml")]
    [InlineData("odata/markets", "application/xml")]
    [InlineData("odata/markets", "application/json;odata=verbose")]
    [InlineData("odata/markets", "*/*;q=0")]
    [InlineData("odata/markets('0001')", "text/csv")]
    [InlineData("odata/$metadata", "text/html;q=0.9")]
    [InlineData("odata/", "image/png, application/json;q=0")]
    public async Task What_nobody_here_can_write_is_406(string address, string accept)
    {
        using var answer = await AskAsync(HttpMethod.Get, address, ("Accept", accept));
        var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error");

        Assert.Equal((HttpStatusCode.NotAcceptable, "OD1222"), (answer.StatusCode, error.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("odata/markets/?$top=1")]
    [InlineData("odata//markets?$top=1")]
    [InlineData("odata/markets//?$top=1")]
    [InlineData("/odata///Markets/?top=1")]
    [InlineData("odata/markets/?&$top=1&")]
    [InlineData("odata/%6darkets?%24top=1")]
    [InlineData("odata/markets?%24TOP=1")]
    public async Task A_set_is_found_as_clients_write_it(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(
            fixture.Portal.Root + address.TrimStart('/'), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        using var answer = await fixture.Client.SendAsync(request);
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(1, body.GetProperty("value").GetArrayLength());
        Assert.Equal(fixture.Portal.Root + "odata/$metadata#markets", body.GetProperty("@odata.context").GetString());
    }

    [Theory]
    [InlineData("odata/markets", "id", "x")]
    [InlineData("odata/markets", "schemaversion", "*")]
    [InlineData("odata/markets", "index", "-1")]
    [InlineData("odata/markets", "levels", "2")]
    [InlineData("odata/markets('0001')", "schemaversion", "1")]
    [InlineData("odata/$metadata", "schemaversion", "*")]
    [InlineData("odata/", "id", "x")]
    public async Task What_the_standard_has_and_we_have_not_is_501_however_it_is_written(string address, string option, string value)
    {
        foreach (var written in new[] { "$" + option, option, "%24" + option.ToUpperInvariant(), option.ToUpperInvariant() })
        {
            using var answer = await fixture.Client.GetAsync($"{address}?{written}={value}");
            Assert.Equal((written, HttpStatusCode.NotImplemented), (written, answer.StatusCode));
        }
    }

    [Theory]
    [InlineData("$skiptoken=")]
    [InlineData("skiptoken=")]
    [InlineData("%24SkipToken=")]
    [InlineData("SKIPTOKEN=")]
    public async Task A_page_is_found_however_the_name_of_its_token_is_written(string name)
    {
        using var first = await AskAsync(HttpMethod.Get, "odata/markets?$filter=stalls gt @F&@f=0&$select=market_id", ("Prefer", "maxpagesize=1"));
        var link = JsonDocument.Parse(await first.Content.ReadAsStringAsync()).RootElement.GetProperty("@odata.nextLink").GetString()!;
        using var second = await fixture.Client.GetAsync(link.Replace("$skiptoken=", name, StringComparison.Ordinal));

        Assert.Equal("""[{"market_id":"0002"},{"market_id":"0004"}]""", JsonDocument.Parse(await second.Content.ReadAsStringAsync()).RootElement.GetProperty("value").GetRawText().Replace("\n", "", StringComparison.Ordinal));
        using var twice = await fixture.Client.GetAsync("odata/markets?$filter=stalls gt @f&@f=0&@F=1");
        Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
    }

    [Theory]
    [InlineData("4.0", 406)]
    [InlineData("4.01", 200)]
    [InlineData(null, 200)]
    public async Task The_model_as_JSON_is_for_those_who_know_4_01(string? version, int status)
    {
        using var answer = version is null
            ? await fixture.Client.GetAsync("odata/$metadata?$format=json")
            : await AskAsync(HttpMethod.Get, "odata/$metadata?$format=json", ("OData-MaxVersion", version));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.True(status == 406 || answer.Headers.GetValues("OData-Version").Single() == "4.01");
    }

    [Fact]
    public async Task A_hostile_host_changes_no_byte_where_the_public_address_is_set()
    {
        await using var portal = await RunningPortal.StartAsync(fixture.Town, o => o with { PublicUrl = new Uri("https://dulieu.example.vn/cong/") });
        foreach (var address in new[] { "odata/", "odata/markets", "odata/markets('0001')", "odata/markets('0001')/name", "odata/markets?$skiptoken=x", "odata/nowhere" })
        {
            var plain = await SendAsync(new HttpRequestMessage(HttpMethod.Get, address), hostile: false);
            Assert.Equal(plain, await SendAsync(new HttpRequestMessage(HttpMethod.Get, address), hostile: true));
            Assert.DoesNotContain("127.0.0.1", plain, StringComparison.Ordinal);
        }

        var batch = """{"requests":[{"id":"1","method":"GET","url":"https://dulieu.example.vn/cong/odata/markets"},{"id":"2","method":"GET","url":"/cong/odata/markets?$top=1"},{"id":"3","method":"GET","url":"https://evil.example/odata/markets"}]}""";
        var both = new List<string>();
        foreach (var hostile in new[] { false, true })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "odata/$batch") { Content = new StringContent(batch, Encoding.UTF8, "application/json") };
            both.Add(await SendAsync(request, hostile));
        }

        Assert.Equal(both[0], both[1]);
        Assert.Equal([200, 200, 404], JsonDocument.Parse(both[0][(both[0].IndexOf('\n', StringComparison.Ordinal) + 1)..]).RootElement.GetProperty("responses").EnumerateArray().Select(r => r.GetProperty("status").GetInt32()));

        async Task<string> SendAsync(HttpRequestMessage request, bool hostile)
        {
            request.Headers.Add("Prefer", "maxpagesize=2,track-changes,continue-on-error");
            request.Headers.TryAddWithoutValidation("Accept", "application/json;odata.metadata=full");
            if (hostile)
            {
                request.Headers.Host = Evil;
                request.Headers.Add("X-Forwarded-Host", Evil);
                request.Headers.Add("X-Forwarded-Proto", "https");
                request.Headers.Add("Forwarded", "host=" + Evil);
                request.Headers.Add("X-Original-Host", Evil);
            }

            using var answer = await portal.Client.SendAsync(request);
            request.Dispose();
            var text = WithoutId(await answer.Content.ReadAsStringAsync());
            Assert.DoesNotContain(hostile ? Evil + "/odata/$metadata" : "nobody", text, StringComparison.Ordinal);
            return $"{(int)answer.StatusCode} {answer.Headers.ETag} {answer.Headers.Location}\n{text}";
        }
    }

    [Fact]
    public async Task A_forwarded_host_makes_links_only_when_a_trusted_proxy_sends_it()
    {
        await using var behind = await RunningPortal.StartAsync(fixture.Town, o => o with { TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")] });
        await using var elsewhere = await RunningPortal.StartAsync(fixture.Town, o => o with { TrustedProxies = [IPNetwork.Parse("10.0.0.0/8")] });
        foreach (var (portal, address) in new[] { (behind, "https://dulieu.example.vn/"), (elsewhere, elsewhere.Root.ToString()), (fixture.Portal, fixture.Portal.Root.ToString()) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "odata/markets?$top=1");
            request.Headers.Add("X-Forwarded-Host", "dulieu.example.vn");
            request.Headers.Add("X-Forwarded-Proto", "https");
            using var answer = await portal.Client.SendAsync(request);
            var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            Assert.Equal(address + "odata/$metadata#markets", body.GetProperty("@odata.context").GetString());
        }
    }

    private static string WithoutId(string text) => System.Text.RegularExpressions.Regex.Replace(text, "\"request_id\":\"[0-9a-f]+\"", "");

    private async Task<string> PlainAsync(string address)
    {
        using var answer = await fixture.Client.GetAsync(address);
        return WithoutId(await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await fixture.Client.SendAsync(request);
    }
}
