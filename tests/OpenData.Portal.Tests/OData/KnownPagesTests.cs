using System.Net;

namespace OpenData.Portal.Tests.OData;

/// <summary>What is remembered of a request must never show: the second answer is the first, and nobody gets another's.</summary>
public sealed class KnownPagesTests : IAsyncLifetime, IDisposable
{
    private const string Address = "odata/probes?$select=id&$top=2";

    private TestTown _town = null!; // Set before each test.
    private RunningPortal _portal = null!; // Set before each test.

    public async Task InitializeAsync()
    {
        _town = new TestTown();
        await _town.PublishAsync("probes", TestTown.Probes, "id,value\n1,a\n2,b\n3,c\n");
        _portal = await RunningPortal.StartAsync(_town);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    public void Dispose() => _town.Dispose();

    [Theory]
    [InlineData(null, null)]
    [InlineData("Prefer", "maxpagesize=1")]
    [InlineData("OData-MaxVersion", "4.01")]
    [InlineData("Accept", "application/json;odata.metadata=full")]
    public async Task The_second_answer_is_the_first_in_body_and_headers(string? header, string? value)
    {
        // Another's answer is there already.
        await _portal.Client.GetStringAsync(Address);
        var first = await AskAsync(HttpMethod.Get, header, value);
        var second = await AskAsync(HttpMethod.Get, header, value);
        var head = await AskAsync(HttpMethod.Head, header, value);
        var unchanged = await AskAsync(HttpMethod.Get, header, value, first.Headers["ETag"]);

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal((first.Status, first.Body), (second.Status, second.Body));
        Assert.Equal(first.Headers.Select(h => $"{h.Key}: {h.Value}"), second.Headers.Select(h => $"{h.Key}: {h.Value}"));
        Assert.Equal("", head.Body);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.Status);
        Assert.Equal("", unchanged.Body);
        foreach (var name in new[] { "ETag", "Last-Modified", "Cache-Control", "Vary", "OData-Version" })
        {
            Assert.Equal(first.Headers[name], unchanged.Headers[name]);
            Assert.Equal(first.Headers[name], head.Headers[name]);
        }
    }

    [Fact]
    public async Task Each_sees_links_to_the_host_that_it_asked_when_it_is_ours()
    {
        var arrived = _portal.Root.Authority;
        var port = _portal.Root.Port;
        foreach (var (host, shown) in new[]
        {
            ($"localhost:{port}", $"localhost:{port}"), (arrived, arrived), ($"localhost:{port}", $"localhost:{port}"), ("localhost:9000", "localhost:9000"), ("[::1]:9000", "[::1]:9000"),
            (Environment.MachineName, Environment.MachineName), ("evil.example", arrived), ("6.6.6.6:80", arrived), ("127.0.0.1.evil.example", arrived), ("localhost.", arrived),
        })
        {
            var answer = await AskAsync(HttpMethod.Get, "Host", host);
            Assert.Contains($"http://{shown}/odata/$metadata", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_new_version_is_seen_at_once_and_its_tag_differs()
    {
        var before = await AskAsync(HttpMethod.Get, null, null);
        await AskAsync(HttpMethod.Get, null, null);
        await _town.PublishAsync("probes", TestTown.Probes, "id,value\n7,a\n8,b\n");
        await RunningPortal.WaitAsync(async () => (await AskAsync(HttpMethod.Get, null, null)).Body.Contains("\"7\"", StringComparison.Ordinal));
        var after = await AskAsync(HttpMethod.Get, null, null, before.Headers["ETag"]);

        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.NotEqual(before.Headers["ETag"], after.Headers["ETag"]);
    }

    [Fact]
    public async Task An_answer_that_depends_on_the_clock_is_made_anew()
    {
        const string clock = "odata/probes?$filter=now() gt 2020-01-01T00:00:00Z";
        for (var i = 0; i < 2; i++)
        {
            using var answer = await _portal.Client.GetAsync(clock);
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            Assert.Null(answer.Headers.ETag);
        }
    }

    private async Task<(HttpStatusCode Status, string Body, Dictionary<string, string> Headers)> AskAsync(
        HttpMethod method, string? header, string? value, string? tag = null)
    {
        using var request = new HttpRequestMessage(method, Address);
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        using var answer = await _portal.Client.SendAsync(request);
        var headers = answer.Headers.Concat(answer.Content.Headers)
            .Where(h => h.Key.ToLowerInvariant() is not ("date" or "x-request-id"))
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), headers);
    }
}
