using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ExcelDataReader;

namespace OpenData.Portal.Tests;

[Collection(ReadingTests.Name)]
public sealed class DownloadTests(PortalFixture portal)
{
    private string Version => portal.Town.Store.Current("markets")!.Version;

    [Fact]
    public async Task Csv_is_the_published_bytes_with_nulls_and_empty_texts_apart()
    {
        var csv = await portal.Client.GetStringAsync("datasets/markets.csv");

        Assert.Equal(
            "market_id,name,stalls,turnover,share,covered,opened_on,counted_at,opening_year,note\n"
            + "0001,Chợ Đồng Quang,1250,1234567.80,0.25,true,2001-09-02,2026-11-01T08:30:00+07:00,2001,\"\"\n"
            + "0002,\"Chợ Thái, \"\"trung tâm\"\"\",80,999.00,1.5,false,1998-01-15,2026-11-01T09:00:00+07:00,1998,\"hai dòng\ntrong một ô\"\n"
            + "0003,Chợ Minh Cầu,,,,,,,,\"\"\n"
            + "0004,Chợ Túc Duyên,15,0.05,0,true,2020-02-29,2026-11-01T23:59:59.123456+07:00,2020,<b>đậm</b>\n",
            csv);
    }

    [Fact]
    public async Task Gzip_is_the_stored_file_and_unpacks_to_the_same_csv()
    {
        using var packed = await portal.Portal.GetAsync("datasets/markets.csv", "Accept-Encoding", "gzip, br");
        var bytes = await packed.Content.ReadAsByteArrayAsync();
        using var plain = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var text = new StreamReader(plain, Encoding.UTF8);

        Assert.Equal(["gzip"], packed.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", packed.Headers.Vary);
        Assert.Equal(bytes.Length, packed.Content.Headers.ContentLength);
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(bytes))}:", packed.Headers.GetValues("Repr-Digest").Single());
        Assert.Equal(await portal.Client.GetStringAsync("datasets/markets.csv"), await text.ReadToEndAsync());
    }

    [Fact]
    public async Task Excel_gets_a_byte_order_mark_and_CRLF_and_the_same_values()
    {
        var excel = await portal.Client.GetByteArrayAsync("datasets/markets.csv?excel=1");
        var plain = await portal.Client.GetStringAsync("datasets/markets.csv");

        Assert.Equal([0xEF, 0xBB, 0xBF], excel[..3]);
        var text = Encoding.UTF8.GetString(excel[3..]);
        Assert.Equal(5, text.Split("\r\n").Length - 1);
        Assert.Contains("\"hai dòng\ntrong một ô\"", text, StringComparison.Ordinal);
        Assert.Equal(plain, text.Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Json_holds_the_same_rows_exactly()
    {
        using var json = JsonDocument.Parse(await portal.Client.GetStringAsync("datasets/markets.json"));
        var rows = json.RootElement;

        Assert.Equal(4, rows.GetArrayLength());
        Assert.Equal("0001", rows[0].GetProperty("market_id").GetString());
        Assert.Equal("1234567.80", rows[0].GetProperty("turnover").GetRawText());
        Assert.Equal(JsonValueKind.Null, rows[2].GetProperty("stalls").ValueKind);
        Assert.Equal("2026-11-01T08:30:00+07:00", rows[0].GetProperty("counted_at").GetString());
        Assert.False(rows[0].TryGetProperty("_rid", out _));
    }

    [Fact]
    public async Task A_workbook_holds_the_rows_and_what_they_are()
    {
        using var answer = await portal.Client.GetAsync("datasets/markets.xlsx");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var book = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(bytes));

        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(bytes.Length, answer.Content.Headers.ContentLength);
        Assert.True(book.Read());
        Assert.Equal("counted_at (Asia/Ho_Chi_Minh)", book.GetValue(7));
        Assert.True(book.Read());
        Assert.Equal(
            ["0001", "Chợ Đồng Quang", 1250.0, 1234567.8, 0.25, true, new DateTime(2001, 9, 2), new DateTime(2026, 11, 1, 8, 30, 0), 2001.0],
            Enumerable.Range(0, 9).Select(book.GetValue));
        Assert.True(book.NextResult());
        Assert.Equal("Thông tin - About", book.Name);
    }

    [Fact]
    public async Task Parquet_is_the_stored_file()
    {
        using var answer = await portal.Client.GetAsync("datasets/markets.parquet");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var stored = portal.Town.Store.Current("markets")!.Manifest.File("data.parquet")!;

        Assert.Equal(stored.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal("bytes", answer.Headers.AcceptRanges.Single());
        Assert.Equal($"attachment; filename=\"markets-{Version}.parquet\"", answer.Content.Headers.GetValues("Content-Disposition").Single());
    }

    [Theory]
    [InlineData("markets.csv")]
    [InlineData("markets.csv?excel=1")]
    [InlineData("markets.json")]
    [InlineData("markets.parquet")]
    public async Task A_copy_that_is_current_is_304_without_a_body(string file)
    {
        using var first = await portal.Client.GetAsync("datasets/" + file);
        var tag = first.Headers.ETag!;
        using var second = await portal.Portal.GetAsync("datasets/" + file, "If-None-Match", tag.ToString());
        using var other = await portal.Portal.GetAsync("datasets/" + file, "If-None-Match", "\"another\"");

        Assert.False(tag.IsWeak);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(tag, second.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Every_form_has_a_tag_of_its_own()
    {
        var tags = new List<string>();
        foreach (var file in new[] { "markets.csv", "markets.csv?excel=1", "markets.json", "markets.parquet" })
        {
            foreach (var encoding in new[] { "identity", "gzip" })
            {
                using var answer = await portal.Portal.GetAsync("datasets/" + file, "Accept-Encoding", encoding);
                tags.Add(answer.Headers.ETag!.Tag);
            }
        }

        Assert.Equal(7, tags.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("markets.csv")]
    [InlineData("markets.json")]
    [InlineData("markets.parquet")]
    public async Task Head_gives_the_headers_of_get(string file)
    {
        using var get = await portal.Client.GetAsync("datasets/" + file);
        using var request = new HttpRequestMessage(HttpMethod.Head, "datasets/" + file);
        using var head = await portal.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Content.Headers.LastModified, head.Content.Headers.LastModified);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_range_of_a_stored_file_is_206_and_an_impossible_one_416()
    {
        var whole = await portal.Client.GetByteArrayAsync("datasets/markets.parquet");
        using var part = await portal.Portal.GetAsync("datasets/markets.parquet", "Range", "bytes=4-9");
        using var impossible = await portal.Portal.GetAsync("datasets/markets.parquet", "Range", "bytes=999999999-");

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(whole[4..10], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, impossible.StatusCode);
    }

    [Theory]
    [InlineData("markets.csv")]
    [InlineData("markets.csv.gz")]
    [InlineData("markets.csv?excel=1")]
    [InlineData("markets.xlsx")]
    [InlineData("markets.json")]
    [InlineData("markets.parquet")]
    [InlineData("markets.arrow")]
    public async Task A_broken_download_is_resumed_where_it_ended(string file)
    {
        using var whole = await portal.Client.GetAsync("datasets/" + file);
        var bytes = await whole.Content.ReadAsByteArrayAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "datasets/" + file);
        request.Headers.TryAddWithoutValidation("Range", $"bytes={bytes.Length / 2}-");
        request.Headers.TryAddWithoutValidation("If-Range", whole.Headers.ETag!.ToString());
        using var rest = await portal.Client.SendAsync(request);
        using var stale = new HttpRequestMessage(HttpMethod.Get, "datasets/" + file);
        stale.Headers.TryAddWithoutValidation("Range", "bytes=5-");
        stale.Headers.TryAddWithoutValidation("If-Range", "\"another\"");
        using var again = await portal.Client.SendAsync(stale);

        Assert.Equal(bytes.Length, whole.Content.Headers.ContentLength);
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(bytes))}:", whole.Headers.GetValues("Repr-Digest").Single());
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(bytes[(bytes.Length / 2)..], await rest.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(bytes, await again.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_gzip_that_is_asked_for_by_name_is_a_file_and_not_a_coding()
    {
        using var answer = await portal.Portal.GetAsync("datasets/markets.csv.gz", "Accept-Encoding", "gzip, br");

        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal("application/gzip", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(portal.Town.Store.Current("markets")!.Manifest.File("data.csv.gz")!.Bytes, answer.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("markets.docx", "OD9033")]
    [InlineData("markets.geojson", "OD9033")]
    [InlineData("markets.csv.csv", "OD9033")]
    [InlineData("markets.parquet?excel=1", "OD9027")]
    [InlineData("markets.csv?excel=2", "OD9027")]
    [InlineData("markets.csv?limit=5", "OD9027")]
    [InlineData("markets.csv?asof=1999-01-01", "OD1219")]
    [InlineData("markets.csv?asof=yesterday", "OD1207")]
    public async Task What_cannot_be_obeyed_is_refused_by_name(string file, string code)
    {
        using var answer = await portal.Portal.GetAsync("datasets/" + file, "Accept", "application/json");

        Assert.InRange((int)answer.StatusCode, 400, 404);
        Assert.Contains(code, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/csv", "text/csv", "/datasets/markets.csv")]
    [InlineData("application/vnd.apache.parquet;q=0.9, text/html;q=0.5", "application/vnd.apache.parquet", "/datasets/markets.parquet")]
    [InlineData("text/html, text/csv;q=0.9", "text/html", null)]
    [InlineData("*/*", "text/html", null)]
    [InlineData("application/geo+json, text/html;q=0.1", "text/html", null)]
    public async Task The_address_of_the_page_gives_a_file_to_whoever_prefers_one(string accept, string mediaType, string? location)
    {
        using var answer = await portal.Portal.GetAsync("datasets/markets", "Accept", accept);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(location, answer.Content.Headers.ContentLocation?.ToString());
        Assert.Contains("Accept", answer.Headers.Vary);
    }

    [Fact]
    public async Task Exact_bytes_are_not_packed_anew_on_the_way()
    {
        using var answer = await portal.Portal.GetAsync("datasets/markets.csv", "Accept-Encoding", "br");

        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal(portal.Town.Store.Current("markets")!.Manifest.PlainCsv!.Bytes, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_day_names_the_version_of_that_evening()
    {
        using var today = await portal.Client.GetAsync("datasets/markets.csv?asof=2999-12-31");
        using var named = await portal.Client.GetAsync($"datasets/markets.csv?asof={Version}");

        Assert.Equal(await portal.Client.GetStringAsync("datasets/markets.csv"), await today.Content.ReadAsStringAsync());
        Assert.Equal(today.Headers.ETag, named.Headers.ETag);
    }

    [Fact]
    public async Task The_latest_is_asked_again_and_a_version_is_kept_for_ever()
    {
        using var latest = await portal.Client.GetAsync("datasets/markets.csv");
        var pinned = latest.Headers.GetValues("Link").Single().TrimStart('<').Split('>')[0];
        using var version = await portal.Client.GetAsync(pinned.TrimStart('/'));

        Assert.True(latest.Headers.CacheControl!.NoCache);
        Assert.Equal($"/datasets/markets/versions/{Version}.csv", pinned);
        Assert.Contains("immutable", version.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(await latest.Content.ReadAsStringAsync(), await version.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_personal_column_is_in_no_form()
    {
        foreach (var file in new[] { "reports.csv", "reports.json", "reports.parquet" })
        {
            var bytes = await portal.Client.GetByteArrayAsync("datasets/" + file);
            Assert.DoesNotContain(TestTown.Planted, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            Assert.DoesNotContain("citizen_number", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        }
    }
}
