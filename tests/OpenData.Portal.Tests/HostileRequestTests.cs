using System.Net.Sockets;
using System.Text;

namespace OpenData.Portal.Tests;

/// <summary>Requests that no client library sends, written byte by byte.</summary>
[Collection(ReadingTests.Name)]
public sealed class HostileRequestTests(PortalFixture portal)
{
    [Theory]
    [InlineData("xn--")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("[::1")]
    public async Task A_host_that_is_none_is_400_everywhere_and_never_500(string host)
    {
        foreach (var path in new[] { "/", "/nowhere", "/datasets/markets", "/datasets/markets.csv", "/odata/markets", "/api/v1/datasets" })
        {
            var answer = await AskAsync($"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Probes_need_no_host()
    {
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync("GET /healthz/ready HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync("GET /datasets/markets HTTP/1.0\r\nHost: town.example\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bytes=0-3", "206")]
    [InlineData("lines=0-3", "200")]
    [InlineData("rubbish", "200")]
    public async Task Only_ranges_in_bytes_cut_a_file(string range, string status)
    {
        var answer = await AskAsync($"GET /datasets/markets.parquet HTTP/1.1\r\nHost: a\r\nRange: {range}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    private async Task<string> AskAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(portal.Portal.Root.Host, portal.Portal.Root.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
