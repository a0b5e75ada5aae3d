using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace OpenData.Portal.Tests.OData;

public sealed class BatchTests(PortalFixture fixture) : IClassFixture<PortalFixture>
{
    private static readonly string[] Addresses =
    [
        "markets", "markets?$filter=stalls gt 50&$select=name,stalls", "markets('0001')", "markets/0001/name/$value", "markets/$count", "$metadata", "$metadata?$format=json", "",
        "markets?$format=csv", "markets?$format=parquet", "markets?$top=1&$orderby=name desc&$count=true", "markets('0003')/stalls",
    ];

    private string Root => fixture.Portal.Root + "odata";

    [Theory]
    [InlineData(true, "")]
    [InlineData(true, "/odata/")]
    [InlineData(true, "ROOT/")]
    [InlineData(false, "")]
    [InlineData(false, "/odata/")]
    [InlineData(false, "ROOT/")]
    public async Task Every_request_is_answered_as_if_it_had_come_alone_however_its_address_is_written(bool json, string before)
    {
        var written = before.Replace("ROOT", Root, StringComparison.Ordinal);
        var answers = await SendAsync(json, [.. Addresses.Select(a => ("GET", written + a))]);

        Assert.Equal(Addresses.Length, answers.Count);
        for (var i = 0; i < Addresses.Length; i++)
        {
            using var alone = await fixture.Client.GetAsync($"odata/{Addresses[i]}");
            var expected = await alone.Content.ReadAsByteArrayAsync();
            Assert.Equal((int)alone.StatusCode, answers[i].Status);
            Assert.Equal(alone.Headers.GetValues("OData-Version").Single(), answers[i].Headers["odata-version"]);
            Assert.Equal(alone.Headers.ETag?.ToString() ?? "", answers[i].Headers.GetValueOrDefault("etag", ""));
            Assert.Equal(alone.Content.Headers.ContentType?.ToString().Replace(" ", "", StringComparison.Ordinal) ?? "", answers[i].Headers.GetValueOrDefault("content-type", "").Replace(" ", "", StringComparison.Ordinal));
            // JSON in JSON has no end of its own.
            Assert.Equal(Encoding.Latin1.GetString(expected).TrimEnd('\n'), Encoding.Latin1.GetString(answers[i].Body).TrimEnd('\n'));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_failure_ends_a_batch_unless_the_caller_prefers_to_go_on(bool json)
    {
        (string, string)[] requests = [("GET", "markets/$count"), ("GET", "markets?$filter=stals gt 1"), ("DELETE", "markets('0001')"), ("GET", "nothing"), ("GET", "markets/$count")];

        Assert.Equal([200, 400], (await SendAsync(json, requests)).Select(a => a.Status));
        var all = await SendAsync(json, requests, ("Prefer", "odata.continue-on-error"));
        Assert.Equal([200, 400, 405, 404, 200], all.Select(a => a.Status));
        Assert.Equal("OD1202", ErrorOf(all[1]));
        Assert.Equal("OD9023", ErrorOf(all[2]));
    }

    [Fact]
    public async Task A_request_whose_dependency_failed_is_424()
    {
        var answers = await JsonAsync(
            """
            {"requests":[
              {"id":"a","method":"get","url":"markets('none')"},
              {"id":"b","method":"GET","url":"markets/$count","dependsOn":["a"]},
              {"id":"c","method":"GET","url":"markets/$count","dependsOn":["b"]},
              {"id":"d","method":"GET","url":"markets/$count","headers":{"odata-maxversion":"4.01","x":"7"}}
            ]}
            """,
            ("Prefer", "continue-on-error"));

        Assert.Equal([("a", 404), ("b", 424), ("c", 424), ("d", 200)], answers.Select(a => (a.Id, a.Status)));
        Assert.Equal("OD9038", ErrorOf(answers[1]));
        Assert.Equal("4.01", answers[3].Headers["odata-version"]);
    }

    [Fact]
    public async Task Changes_are_refused_one_by_one()
    {
        var json = await JsonAsync(
            """{"requests":[{"id":"1","method":"POST","url":"markets","atomicityGroup":"g","body":{}},{"id":"2","method":"PATCH","url":"markets('1')"},{"id":"3","method":"GET","url":"markets/$count"}]}""",
            ("Prefer", "continue-on-error"));
        var multipart = await MultipartAsync(
            "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\n\r\nPOST markets HTTP/1.1\r\n\r\n{}\r\n--c--\r\n--b\r\nContent-Type: application/http\r\n\r\nGET markets/$count HTTP/1.1\r\n\r\n\r\n--b--\r\n",
            ("Prefer", "continue-on-error"));

        Assert.Equal([501, 405, 200], json.Select(a => a.Status));
        Assert.Equal([501, 200], multipart.Select(a => a.Status));
    }

    [Fact]
    public async Task A_host_of_the_callers_choice_is_not_followed_and_changes_no_link()
    {
        var answers = await SendAsync(true, [("GET", "http://example.com/odata/markets"), ("GET", "https://example.com/"), ("GET", "/elsewhere/markets"), ("GET", "../api/v1/datasets"), ("GET", "$batch"), ("GET", "markets?$top=1"), ("GET", "/api/x/odata/markets/$count"), ("GET", Root), ("GET", Root + "?$format=json"), ("GET", "/odata")], ("Prefer", "continue-on-error"));
        var spoofed = await MultipartAsync("--b\r\nContent-Type: application/http\r\n\r\nGET /odata/markets HTTP/1.1\r\nHost: example.com\r\n\r\n\r\n--b--\r\n");

        Assert.Equal([404, 404, 404, 404, 405, 200, 404, 200, 200, 200], answers.Select(a => a.Status));
        Assert.StartsWith($"{{\"@odata.context\":\"{Root}/$metadata#markets\"", Encoding.UTF8.GetString(spoofed[0].Body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", "nothing")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", """{"requests":{}}""")]
    [InlineData("application/json", """{"requests":[]}""")]
    [InlineData("application/json", """{"requests":[7]}""")]
    [InlineData("application/json", """{"requests":[{"id":"1","method":"GET"}]}""")]
    [InlineData("application/json", """{"requests":[{"id":1,"method":"GET","url":"markets"}]}""")]
    [InlineData("application/json", """{"requests":[{"id":"1","method":"GET","url":"markets","headers":[]}]}""")]
    [InlineData("application/json", """{"requests":[{"id":"\ud800","method":"GET","url":"markets"}]}""")]
    [InlineData("application/json", """{"requests":[{"id":"1","method":"GET","url":"markets"},{"id":"1","method":"GET","url":"markets"}]}""")]
    [InlineData("application/json", """{"requests":[{"id":"1","method":"GET","url":"markets","dependsOn":["2"]},{"id":"2","method":"GET","url":"markets"}]}""")]
    [InlineData("text/plain", "{}")]
    [InlineData("multipart/mixed", "--b--")]
    [InlineData("multipart/mixed;boundary=b", "")]
    [InlineData("multipart/mixed;boundary=b", "--b--")]
    [InlineData("multipart/mixed;boundary=b", "--c\r\n\r\n--c--")]
    [InlineData("multipart/mixed;boundary=b", "--b\r\n\r\nGET markets HTTP/1.1\r\n\r\n--b--")]
    [InlineData("multipart/mixed;boundary=b", "--b\r\nContent-Type: application/http\r\n\r\nmarkets\r\n--b--")]
    [InlineData("multipart/mixed;boundary=b", "--b\r\nContent-Type: application/http\r\n\r\nGET markets HTTP/1.1\r\n : x\r\n\r\n--b--")]
    [InlineData("multipart/mixed;boundary=b", "--b\r\nContent-Type: application/http\r\nContent-ID: 2\r\n\r\nGET markets HTTP/1.1\r\n\r\n\r\n--b\r\nContent-Type: application/http\r\n\r\nGET markets HTTP/1.1\r\n\r\n\r\n--b--")]
    [InlineData("multipart/mixed;boundary=b", "--b\r\nContent-Type: application/http\r\n\r\nGET markets HTTP/1.1\r\nno colon\r\n\r\n--b--")]
    public async Task A_batch_that_cannot_be_read_is_400_as_a_whole(string type, string body)
    {
        using var response = await PostAsync(body, type);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("OD9036", JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Ids_of_the_caller_write_no_headers()
    {
        using var response = await PostAsync(
            """{"requests":[{"id":"1\r\nX-Evil: yes\r\n\r\n--x","method":"GET","url":"markets/$count"}]}""", "application/json", ("Accept", "multipart/mixed"));
        var answer = Assert.Single(await PartsAsync(response));

        Assert.Equal("1%0D%0AX-Evil%3A%20yes%0D%0A%0D%0A--x", answer.Id);
        Assert.Equal("4", Encoding.UTF8.GetString(answer.Body));
    }

    [Fact]
    public async Task More_than_a_hundred_requests_are_refused()
    {
        using var fits = await PostAsync(Json([.. Enumerable.Repeat(("GET", "markets/$count"), 100)]), "application/json");
        using var more = await PostAsync(Json([.. Enumerable.Repeat(("GET", "markets/$count"), 101)]), "application/json");

        Assert.Equal(HttpStatusCode.OK, fits.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, more.StatusCode);
    }

    [Fact]
    public async Task Mutated_batches_get_an_answer_of_ours_and_never_500()
    {
        var random = new Random(11);
        string[] whole = [Json([("GET", "markets"), ("GET", "markets/$count")]), Multipart([("GET", "markets"), ("GET", "markets('0001')")])];
        for (var i = 0; i < 300; i++)
        {
            var isJson = i % 2 == 0;
            var bytes = Encoding.UTF8.GetBytes(whole[i % 2]);
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            using var content = new ByteArrayContent(bytes[..(i % 5 == 0 ? random.Next(bytes.Length) : bytes.Length)]);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(isJson ? "application/json" : "multipart/mixed;boundary=b");
            using var response = await fixture.Client.PostAsync("odata/$batch", content);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{i}: {response.StatusCode} {text}");
            Assert.DoesNotContain("OD9000", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("odata/%24batch")]
    [InlineData("odata//$batch")]
    [InlineData("odata/$batch/")]
    [InlineData("OData/$Batch")]
    public async Task The_address_of_batches_is_found_as_clients_write_it(string address)
    {
        using var content = new StringContent(Json([("GET", "markets/$count")]), Encoding.UTF8, "application/json");
        using var response = await fixture.Client.PostAsync(address, content);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Other_methods_are_405_and_say_what_goes()
    {
        using var got = await fixture.Client.GetAsync("odata/$batch");
        using var posted = await fixture.Client.PostAsync("odata/markets", new StringContent("{}"));
        using var preflight = await fixture.Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "odata/$batch"));

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST, OPTIONS"), (got.StatusCode, string.Join(", ", got.Content.Headers.Allow)));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET, HEAD, OPTIONS"), (posted.StatusCode, string.Join(", ", posted.Content.Headers.Allow)));
        Assert.Equal("POST, OPTIONS", preflight.Headers.GetValues("Access-Control-Allow-Methods").Single());
    }

    [Fact]
    public async Task The_answer_comes_in_the_form_that_the_caller_accepts()
    {
        using var multipart = await PostAsync(Json([("GET", "markets/$count")]), "application/json", ("Accept", "multipart/mixed"));
        using var json = await PostAsync(
            Multipart([("GET", "markets/$count")]), "multipart/mixed;boundary=b", ("Accept", "application/json;metadata=minimal, */*;q=0.1"), ("OData-MaxVersion", "4.01"));
        using var old = await PostAsync(Multipart([("GET", "markets/$count")]), "multipart/mixed;boundary=b", ("Accept", "application/json"));

        Assert.Equal("4", Encoding.UTF8.GetString((await PartsAsync(old)).Single().Body));
        Assert.Equal("4", Encoding.UTF8.GetString((await PartsAsync(multipart)).Single().Body));
        Assert.Equal("4", Encoding.UTF8.GetString((await ResponsesAsync(json)).Single().Body));
    }

    private static string Json(IReadOnlyList<(string Method, string Address)> requests)
        => JsonSerializer.Serialize(new { requests = requests.Select((r, i) => new { id = $"{i + 1}", method = r.Method, url = r.Address }) });

    private static string Multipart(IReadOnlyList<(string Method, string Address)> requests)
        => string.Concat(requests.Select((r, i) => $"--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: {i + 1}\r\n\r\n{r.Method} {r.Address} HTTP/1.1\r\n\r\n\r\n")) + "--b--\r\n";

    private static string? ErrorOf(Answer answer) => JsonDocument.Parse(answer.Body).RootElement.GetProperty("error").GetProperty("code").GetString();

    private static async Task<IReadOnlyList<Answer>> ResponsesAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return [.. json.GetProperty("responses").EnumerateArray().Select(r =>
        {
            var headers = r.GetProperty("headers").EnumerateObject().ToDictionary(h => h.Name, h => h.Value.GetString()!, StringComparer.Ordinal);
            var body = !r.TryGetProperty("body", out var given) ? []
                : given.ValueKind != JsonValueKind.String ? Encoding.UTF8.GetBytes(given.GetRawText())
                : headers["content-type"].StartsWith("text/", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(given.GetString()!)
                : WebEncoders.Base64UrlDecode(given.GetString()!);
            return new Answer(r.GetProperty("id").GetString()!, r.GetProperty("status").GetInt32(), headers, body);
        })];
    }

    private static async Task<IReadOnlyList<Answer>> PartsAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var boundary = response.Content.Headers.ContentType!.Parameters.Single(p => p.Name == "boundary").Value!;
        var reader = new MultipartReader(boundary, await response.Content.ReadAsStreamAsync());
        var answers = new List<Answer>();
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            using var bytes = new MemoryStream();
            await section.Body.CopyToAsync(bytes);
            var all = bytes.ToArray();
            var end = all.AsSpan().IndexOf("\r\n\r\n"u8);
            var lines = Encoding.UTF8.GetString(all, 0, end).Split("\r\n");
            var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(h => h[0].ToLowerInvariant(), h => h[1], StringComparer.Ordinal);
            var body = all[(end + 4)..];
            Assert.Equal(body.Length, int.Parse(headers["content-length"], System.Globalization.CultureInfo.InvariantCulture));
            answers.Add(new Answer(section.Headers!["Content-ID"].ToString(), int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), headers, body));
        }

        return answers;
    }

    private async Task<IReadOnlyList<Answer>> SendAsync(bool json, IReadOnlyList<(string, string)> requests, params (string, string)[] headers)
        => json ? await JsonAsync(Json(requests), headers) : await MultipartAsync(Multipart(requests), headers);

    private async Task<IReadOnlyList<Answer>> JsonAsync(string body, params (string, string)[] headers)
    {
        using var response = await PostAsync(body, "application/json", headers);
        return await ResponsesAsync(response);
    }

    private async Task<IReadOnlyList<Answer>> MultipartAsync(string body, params (string, string)[] headers)
    {
        using var response = await PostAsync(body, "multipart/mixed;boundary=b", headers);
        return await PartsAsync(response);
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string type, params (string Name, string Value)[] headers)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, "odata/$batch") { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await fixture.Client.SendAsync(request);
    }

    private sealed record Answer(string Id, int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body);
}
