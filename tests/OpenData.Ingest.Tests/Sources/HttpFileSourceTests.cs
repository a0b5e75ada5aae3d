using System.Net;
using Microsoft.AspNetCore.Http;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Sources;

namespace OpenData.Ingest.Tests.Sources;

public sealed class HttpFileSourceTests
{
    private const string Csv = "id,name\n1,Thái Nguyên\n";

    [Fact]
    public async Task A_body_arrives_as_it_is()
    {
        await using var agency = await FlakyAgency.Start((c, _) => FlakyAgency.Text(c, Csv, "text/csv"));
        using var rig = new SourceRig();
        Assert.Equal([Csv], await rig.Fetch(new SourceBinding("csv") { Url = agency.Url }));
    }

    [Fact]
    public Task Errors_500_that_pass_are_tried_again() => Succeeds(
        3, (c, n) => n < 3 ? FlakyAgency.Text(c, "sorry", status: 500) : FlakyAgency.Text(c, Csv));

    [Fact]
    public Task A_reset_connection_is_tried_again() => Succeeds(
        2,
        (c, n) =>
        {
            if (n == 1)
            {
                c.Abort();
                return Task.CompletedTask;
            }

            return FlakyAgency.Text(c, Csv);
        });

    [Fact]
    public Task A_truncated_body_is_tried_again() => Succeeds(
        2, (c, n) => n == 1 ? FlakyAgency.Truncated(c, Csv) : FlakyAgency.Text(c, Csv));

    [Fact]
    public async Task Retry_after_is_honoured_and_a_wait_beyond_our_patience_ends_the_run()
    {
        using var rig = new SourceRig();
        await using var patient = await FlakyAgency.Start((c, n) => Busy(c, n, "1"));
        var before = TimeProvider.System.GetTimestamp();
        await rig.Fetch(new SourceBinding("csv") { Url = patient.Url });
        Assert.True(TimeProvider.System.GetElapsedTime(before) > TimeSpan.FromSeconds(0.9));

        await using var slow = await FlakyAgency.Start((c, n) => Busy(c, n, "3600"));
        Assert.Equal(SourceErrors.Status, await rig.Failure(new SourceBinding("csv") { Url = slow.Url }));
        Assert.Equal(1, slow.Requests);
    }

    [Fact]
    public Task Lasting_errors_500_end_by_name() => Fails(SourceErrors.Status, 3, (c, _) => FlakyAgency.Text(c, "sorry", status: 503));

    [Fact]
    public Task A_missing_page_is_not_asked_for_again() => Fails(SourceErrors.Status, 1, (c, _) => FlakyAgency.Text(c, "no", status: 404));

    [Fact]
    public Task Refused_credentials_end_by_name() => Fails(SourceErrors.NotAllowed, 1, (c, _) => FlakyAgency.Text(c, "no", status: 401));

    [Fact]
    public Task A_body_that_is_always_truncated_ends_by_name() => Fails(SourceErrors.Truncated, 3, (c, _) => FlakyAgency.Truncated(c, Csv));

    [Fact]
    public Task A_source_that_never_answers_ends_by_name() => Fails(
        SourceErrors.TooSlow, 3, (c, _) => Task.Delay(Timeout.Infinite, c.RequestAborted), SourceRig.Short with { Answer = TimeSpan.FromSeconds(0.2) });

    [Fact]
    public Task A_body_that_stops_half_way_ends_by_name() => Fails(
        SourceErrors.TooSlow,
        3,
        async (c, _) =>
        {
            await c.Response.WriteAsync("id,name\n", c.RequestAborted);
            await c.Response.Body.FlushAsync(c.RequestAborted);
            await Task.Delay(Timeout.Infinite, c.RequestAborted);
        },
        SourceRig.Short with { Read = TimeSpan.FromSeconds(0.2) });

    [Fact]
    public Task A_body_that_drips_for_ever_ends_by_name() => Fails(
        SourceErrors.TooSlow,
        1,
        async (c, _) =>
        {
            while (true)
            {
                await c.Response.WriteAsync("1,a\n", c.RequestAborted);
                await c.Response.Body.FlushAsync(c.RequestAborted);
                await Task.Delay(50, c.RequestAborted);
            }
        },
        SourceRig.Short with { Body = TimeSpan.FromSeconds(0.5), TriesMax = 1 });

    [Fact]
    public Task An_endless_body_ends_by_name() => Fails(SourceErrors.TooLarge, 1, (c, _) => FlakyAgency.Endless(c));

    [Fact]
    public Task A_declared_giant_is_refused_unread() => Fails(
        SourceErrors.TooLarge,
        1,
        (c, _) =>
        {
            c.Response.ContentLength = 1L << 40;
            return c.Response.Body.FlushAsync();
        });

    [Fact]
    public Task A_login_page_ends_by_name() => Fails(
        SourceErrors.HtmlInsteadOfData, 1, (c, _) => FlakyAgency.Text(c, "<html><form>Đăng nhập</form></html>", "text/html; charset=utf-8"));

    [Fact]
    public Task A_login_page_that_calls_itself_csv_ends_by_name() => Fails(
        SourceErrors.HtmlInsteadOfData, 1, (c, _) => FlakyAgency.Text(c, "\uFEFF\r\n <!-- sso --> <!DOCTYPE HTML><title>Đăng nhập", "text/csv"));

    [Fact]
    public Task An_empty_body_ends_by_name() => Fails(SourceErrors.Empty, 1, (c, _) => FlakyAgency.Text(c, ""));

    [Fact]
    public Task A_redirect_loop_ends_by_name() => Fails(
        SourceErrors.Redirects, 6, (c, n) => Redirect(c, $"/again{n}"));

    [Fact]
    public Task A_redirect_to_a_file_ends_by_name() => Fails(SourceErrors.Redirects, 1, (c, _) => Redirect(c, "file:///etc/passwd"));

    [Fact]
    public Task A_redirect_is_followed() => Succeeds(2, (c, n) => n == 1 ? Redirect(c, "/data.csv") : FlakyAgency.Text(c, Csv));

    [Theory]
    [InlineData("bearer", null, "planted-secret", "Authorization", "Bearer planted-secret")]
    [InlineData("basic", null, "Sở Y tế:planted:secret", "Authorization", "Basic U+G7nyBZIHThur86cGxhbnRlZDpzZWNyZXQ=")]
    [InlineData("key", "X-Api-Key", "planted secret=", "X-Api-Key", "planted secret=")]
    public async Task The_credential_goes_to_the_contracts_host_only_and_stays_out_of_origins_and_messages(string style, string? header, string secret, string sent, string value)
    {
        var seen = new List<string>();
        await using var other = await FlakyAgency.Start((c, _) =>
        {
            seen.Add($"other:{c.Request.Headers[sent]}");
            return FlakyAgency.Text(c, Csv);
        });
        await using var agency = await FlakyAgency.Start((c, _) =>
        {
            seen.Add($"own:{c.Request.Headers[sent]}");
            return Redirect(c, other.Url + "/x");
        });
        using var rig = new SourceRig().Set("AGENCIES_URL", agency.Url).Set("AGENCIES_TOKEN", secret);
        await rig.Fetch(new SourceBinding("csv") { Url = "${AGENCIES_URL}/x?key=${AGENCIES_TOKEN}", Auth = new SourceAuth(style, "${AGENCIES_TOKEN}") { Header = header } });
        Assert.Equal(["own:" + value, "other:"], seen);
        Assert.Equal("${AGENCIES_URL}/x?key=${AGENCIES_TOKEN}", Assert.Single(rig.Origins));
    }

    [Theory]
    [InlineData("basic", null, "no-colon")]
    [InlineData("bearer", null, "mật-khẩu")]
    [InlineData("key", "X-Api-Key", "khóa")]
    [InlineData("key", null, "planted")]
    public async Task A_credential_that_cannot_be_sent_ends_by_name_before_anybody_is_asked(string style, string? header, string secret)
    {
        await using var agency = await FlakyAgency.Start((c, _) => FlakyAgency.Text(c, Csv));
        using var rig = new SourceRig().Set("SECRET", secret);
        Assert.Equal(SourceErrors.BindingUnusable, await rig.Failure(new SourceBinding("csv") { Url = agency.Url, Auth = new SourceAuth(style, "${SECRET}") { Header = header } }));
        Assert.Equal(0, agency.Requests);
    }

    [Fact]
    public async Task A_private_address_is_refused_unless_allow_listed_also_behind_a_redirect_or_a_name()
    {
        await using var agency = await FlakyAgency.Start((c, _) => FlakyAgency.Text(c, Csv));
        using var closed = new SourceRig(allow: null);
        Assert.Equal(SourceErrors.AddressRefused, await closed.Failure(new SourceBinding("csv") { Url = agency.Url }));
        var named = agency.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        Assert.Equal(SourceErrors.AddressRefused, await closed.Failure(new SourceBinding("csv") { Url = named }));
        Assert.Equal(0, agency.Requests);

        var port = new Uri(agency.Url).Port;
        await using var front = await FlakyAgency.Start((c, _) => Redirect(c, agency.Url));
        using var half = new SourceRig(allow: $"127.0.0.1:{new Uri(front.Url).Port}");
        Assert.Equal(SourceErrors.AddressRefused, await half.Failure(new SourceBinding("csv") { Url = front.Url }));
        Assert.Equal(0, agency.Requests);
        using var open = new SourceRig(allow: $"localhost, 127.0.0.1:{port}");
        Assert.Single(await open.Fetch(new SourceBinding("csv") { Url = agency.Url }));
    }

    [Theory]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://0177.0.0.1:{0}/")]
    [InlineData("http://127.1:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://[::ffff:7f00:1]:{0}/")]
    public async Task Another_spelling_of_an_inner_address_is_refused_too(string address)
    {
        await using var agency = await FlakyAgency.Start((c, _) => FlakyAgency.Text(c, Csv));
        using var closed = new SourceRig(allow: null);
        var code = await closed.Failure(new SourceBinding("csv") { Url = address.Replace("{0}", $"{new Uri(agency.Url).Port}", StringComparison.Ordinal) });
        Assert.Equal(0, agency.Requests);
        Assert.Equal(SourceErrors.AddressRefused, code);
    }

    [Theory]
    [InlineData("https://a.vn/x", "http://a.vn/x", null)]
    [InlineData("https://a.vn/x", "//b.vn/y", "https://b.vn/y")]
    [InlineData("http://a.vn/x", "https://a.vn/x", "https://a.vn/x")]
    [InlineData("http://a.vn/x/", "../y", "http://a.vn/y")]
    [InlineData("http://a.vn/x", "file:///etc/hostname", null)]
    [InlineData("http://a.vn/x", "ftp://a.vn/x", null)]
    [InlineData("http://a.vn/x", "javascript:alert(1)", null)]
    public void A_redirect_keeps_to_http_and_never_leaves_https(string from, string location, string? target)
    {
        var found = Record.Exception(() => Assert.Equal(target, SourceHttp.Target(new Uri(from), new Uri(location, UriKind.RelativeOrAbsolute), 0, 5).AbsoluteUri));
        Assert.Equal(target is null ? SourceErrors.Redirects : null, (found as OpenDataException)?.Code);
        Assert.True(found is null or OpenDataException);
    }

    [Fact]
    public async Task A_missing_setting_is_named_and_a_bad_address_is_refused()
    {
        using var rig = new SourceRig().Set("BAD", "ftp://x/").Set("LINE", "a\nb");
        var error = await Assert.ThrowsAsync<OpenDataException>(() => rig.Fetch(new SourceBinding("csv") { Url = "${NOT_SET}/x" }));
        Assert.Equal(SourceErrors.PlaceholderMissing, error.Code);
        Assert.Contains("NOT_SET", error.Detail.En, StringComparison.Ordinal);
        Assert.Equal(SourceErrors.BindingUnusable, await rig.Failure(new SourceBinding("csv") { Url = "${BAD}" }));
        Assert.Equal(SourceErrors.BindingUnusable, await rig.Failure(new SourceBinding("csv") { Url = "http://user:pw@127.0.0.1/" }));
        Assert.Equal(SourceErrors.PlaceholderMissing, await rig.Failure(new SourceBinding("csv") { Url = "${LINE}" }));
        Assert.Equal(SourceErrors.BindingUnusable, await rig.Failure(new SourceBinding("csv")));
    }

    [Fact]
    public async Task Nobody_listening_ends_by_name()
    {
        using var rig = new SourceRig();
        Assert.Equal(SourceErrors.Unreachable, await rig.Failure(new SourceBinding("csv") { Url = "http://127.0.0.1:1/" }));
    }

    [Theory]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("203.162.1.1", true)]
    [InlineData("8.8.8.8", true)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:1::", false)]
    [InlineData("64:ff9b:1::808:808", false)]
    [InlineData("::8.8.8.8", false)]
    [InlineData("2002:a9fe:a9fe::", false)]
    [InlineData("2001:2::1", false)]
    [InlineData("3fff::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("192.88.99.1", false)]
    [InlineData("2405:4800::1", true)]
    public void Only_public_addresses_are_public(string address, bool isPublic)
        => Assert.Equal(isPublic, AddressGuard.IsPublic(IPAddress.Parse(address)));

    private static async Task Succeeds(int requests, Func<HttpContext, int, Task> answer)
    {
        await using var agency = await FlakyAgency.Start(answer);
        using var rig = new SourceRig();
        Assert.Equal([Csv], await rig.Fetch(new SourceBinding("csv") { Url = agency.Url }));
        Assert.Equal(requests, agency.Requests);
    }

    private static async Task Fails(ErrorCode code, int requests, Func<HttpContext, int, Task> answer, SourceLimits? limits = null)
    {
        await using var agency = await FlakyAgency.Start(answer);
        using var rig = new SourceRig(limits);
        Assert.Equal(code, await rig.Failure(new SourceBinding("csv") { Url = agency.Url }));
        Assert.Empty(rig.Bodies);
        Assert.Equal(requests, agency.Requests);
    }

    private static Task Redirect(HttpContext context, string target)
    {
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = target;
        return Task.CompletedTask;
    }

    private static Task Busy(HttpContext context, int number, string seconds)
    {
        if (number > 1)
        {
            return FlakyAgency.Text(context, Csv);
        }

        context.Response.Headers.RetryAfter = seconds;
        return FlakyAgency.Text(context, "busy", status: 429);
    }
}
