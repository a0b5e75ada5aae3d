using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Tests.Versions;

public sealed class ChangesTests : IAsyncLifetime, IDisposable
{
    private const string Old = "id,value\n1,a\n2,b\n3,c\n";
    private const string New = "id,value\n1,a\n2,\"<script>\"\"\"\n4,d\n";

    private TestTown _town = null!; // Set before each test.
    private RunningPortal _portal = null!; // Set before each test.
    private string _from = "";
    private string _to = "";

    public async Task InitializeAsync()
    {
        _town = new TestTown();
        _from = (await _town.PublishAsync("probes", TestTown.Probes, Old)).Snapshot.Version;
        _to = (await _town.PublishAsync("probes", TestTown.Probes, New)).Snapshot.Version;
        _portal = await RunningPortal.StartAsync(_town);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    public void Dispose() => _town.Dispose();

    [Fact]
    public async Task Changes_come_as_json_ndjson_and_csv_by_ending_or_format_at_both_addresses()
    {
        using var json = JsonDocument.Parse(await TextAsync($"datasets/probes/changes?from={_from}"));
        Assert.Equal((_from, _to), (Text(json, "from"), Text(json, "to")));
        Assert.Equal("""{"added":1,"changed":1,"removed":1}""", json.RootElement.GetProperty("counts").GetRawText());
        Assert.Equal("""{"key":{"id":"2"},"old":{"value":"b"},"new":{"value":"<script>\""}}""", json.RootElement.GetProperty("changed")[0].GetRawText());

        const string Csv = "_change,id,value\nadded,4,d\nchanged_from,2,b\nchanged_to,2,\"<script>\"\"\"\nremoved,3,c\n";
        foreach (var address in new[] { "datasets/probes/changes.csv?", "datasets/probes/changes?format=csv&", "datasets/probes/changes.csv?format=csv&", "api/v1/datasets/probes/changes?format=csv&", "api/v1/datasets/probes/changes.csv?" })
        {
            Assert.Equal(Csv, await TextAsync($"{address}from={_from}&to={_to}"));
        }

        var lines = (await TextAsync($"datasets/probes/changes.ndjson?from={_from}")).TrimEnd('\n').Split('\n');
        Assert.Equal(["added", "changed", "removed"], lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("change").GetString()));
    }

    [Fact]
    public async Task A_comparison_is_made_once_and_sent_with_length_digest_ranges_and_its_own_address()
    {
        var path = $"datasets/probes/changes.csv?from={_from}&to={_to}";
        using (var head = await _portal.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path)))
        {
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            Assert.Empty(CacheFiles());
        }

        using var first = await _portal.Client.GetAsync(path);
        var body = await first.Content.ReadAsByteArrayAsync();
        Assert.Equal(body.Length, first.Content.Headers.ContentLength);
        Assert.Equal(
            $"sha-256=:{Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(body))}:", first.Headers.GetValues("Repr-Digest").Single());
        Assert.Equal("public, max-age=31536000, immutable", first.Headers.CacheControl!.ToString());
        Assert.Contains($"</{path}>; rel=\"canonical\"", first.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        Assert.Single(CacheFiles());

        using var again = await _portal.GetAsync(path, "If-None-Match", first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var part = await _portal.GetAsync(path, "Range", "bytes=0-6");
        Assert.Equal((HttpStatusCode.PartialContent, "_change"), (part.StatusCode, await part.Content.ReadAsStringAsync()));
        using var packed = await _portal.GetAsync(path, "Accept-Encoding", "gzip");
        await using var plain = new GZipStream(await packed.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        await plain.CopyToAsync(unpacked);
        Assert.Equal(body, unpacked.ToArray());
        Assert.NotEqual(first.Headers.ETag, packed.Headers.ETag);

        var cached = Assert.Single(CacheFiles(), f => new FileInfo(f).Length == body.Length);
        Directory.Delete(Path.Combine(_town.DataFolder, "cache"), recursive: true);
        Assert.Equal(body, await _portal.Client.GetByteArrayAsync(path));
        Assert.True(File.Exists(cached));
    }

    [Fact]
    public async Task The_latest_version_is_not_cached_for_ever_and_follows_a_publication()
    {
        var path = $"datasets/probes/changes?from={_from}";
        using (var answer = await _portal.Client.GetAsync(path))
        {
            Assert.True(answer.Headers.CacheControl!.NoCache);
            Assert.Null(answer.Headers.CacheControl.MaxAge);
        }

        var third = (await _town.PublishAsync("probes", TestTown.Probes, Old)).Snapshot.Version;
        await RunningPortal.WaitAsync(async () => (await TextAsync(path)).Contains(third, StringComparison.Ordinal));
        using var none = JsonDocument.Parse(await TextAsync(path));
        Assert.Equal("""{"added":0,"changed":0,"removed":0}""", none.RootElement.GetProperty("counts").GetRawText());
        using var same = JsonDocument.Parse(await TextAsync($"datasets/probes/changes?from={third}&to={third}"));
        Assert.Equal("""{"added":0,"changed":0,"removed":0}""", same.RootElement.GetProperty("counts").GetRawText());
    }

    [Fact]
    public async Task What_cannot_be_compared_is_refused_by_name()
    {
        foreach (var (query, status, code) in new[]
        {
            ("", 400, "OD9027"),
            ("?to=TO", 400, "OD9027"),
            ("?from=TO&to=FROM", 400, "OD9027"),
            ("?from=FROM&from=FROM", 400, "OD9027"),
            ("?from=FROM&where=x", 400, "OD9027"),
            ("?from=", 400, "OD1207"),
            ("?from=yesterday", 400, "OD1207"),
            ("?from=2001-01-01", 404, "OD1219"),
            ("?from=20200101T000000000Z-00000000", 404, "OD9031"),
            ("?from=FROM&format=xlsx", 404, "OD9033"),
            (".xlsx?from=FROM", 404, "OD9033"),
            (".csv?from=FROM&format=json", 400, "OD9027"),
        })
        {
            foreach (var prefix in new[] { "datasets/probes/changes", "api/v1/datasets/probes/changes" })
            {
                using var answer = await _portal.Client.GetAsync(prefix + query.Replace("FROM", _from, StringComparison.Ordinal).Replace("TO", _to, StringComparison.Ordinal));
                Assert.Equal((query, status, code), (query, (int)answer.StatusCode, await CodeAsync(answer)));
            }
        }
    }

    [Fact]
    public async Task Versions_on_both_sides_of_a_new_key_or_type_are_409()
    {
        await _town.PublishAsync("probes", TestTown.Probes.Replace("name: value, type: text", "name: value, type: code", StringComparison.Ordinal), New);
        await RunningPortal.WaitAsync(async () => (await _portal.Client.GetAsync($"datasets/probes/changes?from={_from}")).StatusCode == HttpStatusCode.Conflict);
        using var answer = await _portal.GetAsync($"datasets/probes/changes?from={_from}", "Accept-Language", "en");

        Assert.Equal("OD1402", await CodeAsync(answer));
        Assert.Equal(new MediaTypeHeaderValue("application/problem+json") { CharSet = "utf-8" }, answer.Content.Headers.ContentType);
    }

    [Fact]
    public async Task A_version_that_is_collected_before_or_while_it_is_asked_for_is_410()
    {
        var served = _portal.App.Services.GetRequiredService<ServedData>();
        var old = served.Require("probes", _from);
        await File.WriteAllBytesAsync(old.Snapshot.Path("collected.txt"), "2026-01-01T00:00:00Z\n"u8.ToArray());
        File.Delete(old.Snapshot.DataFile);
        using var answer = await _portal.Client.GetAsync($"datasets/probes/changes?from={_from}");
        Assert.Equal((HttpStatusCode.Gone, "OD9032"), (answer.StatusCode, await CodeAsync(answer)));

        // Looked up before, attached after.
        var lanes = _portal.App.Services.GetRequiredService<QueryLanes>();
        var late = await Assert.ThrowsAsync<OpenDataException>(() => lanes.Bulk.EnterAsync([served.Require("probes"), old], CancellationToken.None));
        Assert.Equal("OD9032", late.Code.Code);
        using var lease = await lanes.Bulk.EnterAsync(served.Require("probes"), CancellationToken.None);
    }

    [Fact]
    public async Task A_comparison_larger_than_the_cache_is_413()
    {
        var csv = new System.Text.StringBuilder("id,value\n");
        for (var i = 0; i < 40; i++)
        {
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},{new string('x', 250_000)}\n");
        }

        await using var portal = await RunningPortal.StartAsync(_town, o => o with { CacheMb = 16 });
        var version = (await _town.PublishAsync("probes", TestTown.Probes, csv.ToString())).Snapshot.Version;
        await RunningPortal.WaitAsync(async () => (await portal.Client.GetStringAsync("api/v1/datasets/probes")).Contains(version, StringComparison.Ordinal));
        using var answer = await portal.Client.GetAsync($"datasets/probes/changes?from={_from}");

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "OD9040"), (answer.StatusCode, await CodeAsync(answer)));
        Assert.Empty(CacheFiles());
    }

    private static string? Text(JsonDocument json, string side) => json.RootElement.GetProperty(side).GetProperty("version").GetString();

    private static async Task<string?> CodeAsync(HttpResponseMessage answer)
        => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString();

    private List<string> CacheFiles()
    {
        var folder = Path.Combine(_town.DataFolder, "cache");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)] : [];
    }

    private async Task<string> TextAsync(string path)
    {
        using var answer = await _portal.Client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }
}
