using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace OpenData.Portal.Tests.Versions;

public sealed class FeedTests(FeedTests.Town town) : IClassFixture<FeedTests.Town>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private readonly RunningPortal _portal = town.Portal;
    private readonly IReadOnlyList<string> _versions = town.Versions;

    [Fact]
    public async Task The_atom_feed_is_valid_whatever_the_texts_are_and_has_all_datasets_newest_first()
    {
        using var answer = await _portal.Client.GetAsync("feeds/datasets.atom");
        Assert.Equal("application/atom+xml", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("vi", answer.Content.Headers.ContentLanguage.Single());
        var feed = XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!;
        var entries = feed.Elements(Atom + "entry").ToList();

        Assert.Equal("vi", feed.Attribute(XNamespace.Xml + "lang")!.Value);
        Assert.Equal("https://data.example.vn/mo/feeds/datasets.atom", feed.Element(Atom + "id")!.Value);
        Assert.Equal(_versions.Reverse(), entries.Select(e => e.Element(Atom + "id")!.Value.Split('/')[^1]));
        Assert.Equal(entries[0].Element(Atom + "updated")!.Value, feed.Element(Atom + "updated")!.Value);
        Assert.All(feed.Elements().Concat(entries.Elements()).Where(e => e.Name == Atom + "link"), l => Assert.StartsWith("https://data.example.vn/mo/", l.Attribute("href")!.Value, StringComparison.Ordinal));
        foreach (var node in entries.Append(feed))
        {
            // RFC 4287: exactly one id, title and updated, an author, dates with a zone.
            Assert.All(new[] { "id", "title", "updated", "author" }, name => Assert.Single(node.Elements(Atom + name)));
            Assert.EndsWith("Z", node.Element(Atom + "updated")!.Value, StringComparison.Ordinal);
        }

        Assert.Equal("<script>alert('vi')</script> Dò: thêm 1, sửa 1, bỏ 1 dòng", entries[0].Element(Atom + "title")!.Value);
        Assert.EndsWith(": 2 dòng; thêm 1, sửa 1, bỏ 1 dòng. Lý do: Sửa <tên> & \"mã\" ]]>", entries[0].Element(Atom + "summary")!.Value, StringComparison.Ordinal);
        Assert.Equal("Sở Công Thương", entries[0].Element(Atom + "author")!.Element(Atom + "name")!.Value);
    }

    [Fact]
    public async Task The_json_feed_says_the_same_in_english_and_leads_to_page_changes_and_file()
    {
        using var answer = await _portal.Client.GetAsync("en/feeds/probes.json");
        Assert.Equal("application/feed+json", answer.Content.Headers.ContentType!.MediaType);
        var feed = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        var items = feed.GetProperty("items");

        Assert.Equal("https://jsonfeed.org/version/1.1", feed.GetProperty("version").GetString());
        Assert.Equal("https://data.example.vn/mo/en/feeds/probes.json", feed.GetProperty("feed_url").GetString());
        Assert.Equal("https://data.example.vn/mo/en/datasets/probes/versions", feed.GetProperty("home_page_url").GetString());
        Assert.Equal(2, items.GetArrayLength());
        Assert.Equal("<script>alert('en')</script> Probes: 1 rows added, 1 changed, 1 removed", items[0].GetProperty("title").GetString());
        Assert.Contains("Reason: Sửa <tên>", items[0].GetProperty("content_text").GetString(), StringComparison.Ordinal);
        Assert.Equal($"https://data.example.vn/mo/datasets/probes/changes.json?from={_versions[1]}&to={_versions[2]}", items[0].GetProperty("external_url").GetString());
        Assert.False(items[1].TryGetProperty("external_url", out _));
        var file = items[0].GetProperty("attachments")[0];
        var path = new Uri(file.GetProperty("url").GetString()!).AbsolutePath["/mo/".Length..];
        using var csv = await _portal.Client.GetAsync(path);
        Assert.Equal(file.GetProperty("size_in_bytes").GetInt64(), csv.Content.Headers.ContentLength);
        Assert.Equal(file.GetProperty("mime_type").GetString(), csv.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_feed_has_a_tag_that_changes_with_a_new_version_and_with_nothing_else()
    {
        using var empty = new TestTown();
        await using var portal = await RunningPortal.StartAsync(empty);
        const string Path = "feeds/datasets.atom";
        using (var nothing = await portal.Client.GetAsync(Path))
        {
            var feed = XDocument.Parse(await nothing.Content.ReadAsStringAsync()).Root!;
            Assert.Empty(feed.Elements(Atom + "entry"));
            Assert.NotEmpty(feed.Element(Atom + "updated")!.Value);
        }

        using var first = await portal.Client.GetAsync(Path);
        using var again = await portal.GetAsync(Path, "If-None-Match", first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var head = await portal.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Path));
        Assert.Equal((first.Headers.ETag, first.Content.Headers.ContentLength), (head.Headers.ETag, head.Content.Headers.ContentLength));
        var version = (await empty.PublishAsync("probes", TestTown.Probes, "id,value\n1,y\n")).Snapshot.Version;
        await RunningPortal.WaitAsync(async () => (await portal.Client.GetStringAsync(Path)).Contains(version, StringComparison.Ordinal));
        using var changed = await portal.GetAsync(Path, "If-None-Match", first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Theory]
    [InlineData("feeds/nope.atom", 404, "OD9030")]
    [InlineData("en/feeds/nope.json", 404, "OD9030")]
    [InlineData("feeds/probes.rss", 404, "OD9033")]
    [InlineData("feeds/datasets.xml", 404, "OD9033")]
    [InlineData("feeds/datasets.atom?limit=1", 400, "OD9027")]
    public async Task What_is_no_feed_is_a_problem_with_its_code(string path, int status, string code)
    {
        using var answer = await _portal.Client.GetAsync(path);

        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains(code, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    public sealed class Town : IAsyncLifetime
    {
        public TestTown Data { get; private set; } = null!; // Set before the first test.

        public RunningPortal Portal { get; private set; } = null!; // Set before the first test.

        public IReadOnlyList<string> Versions { get; private set; } = [];

        public async Task InitializeAsync()
        {
            Data = new TestTown();
            Versions =
            [
                (await Data.PublishAsync("markets", TestTown.Markets, TestTown.MarketRows)).Snapshot.Version,
                (await Data.PublishAsync("probes", TestTown.Probes, "id,value\n1,a\n2,b\n")).Snapshot.Version,
                (await Data.PublishAsync("probes", TestTown.Probes, "id,value\n1,x\n3,c\n", "Sửa <tên> & \"mã\" \u0001\uFFFE]]>")).Snapshot.Version,
            ];
            Portal = await RunningPortal.StartAsync(Data, o => o with { PublicUrl = new Uri("https://data.example.vn/mo/") });
        }

        public async Task DisposeAsync()
        {
            await Portal.DisposeAsync();
            Data.Dispose();
        }
    }
}
