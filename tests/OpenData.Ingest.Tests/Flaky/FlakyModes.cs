using System.Text;

namespace OpenData.Ingest.Tests.Flaky;

/// <summary>Every way of misbehaving that we know, each with its outcome. docs/flaky-agency.md is this list.</summary>
internal static partial class FlakyModes
{
    private static readonly byte[] Blanks = Encoding.UTF8.GetBytes(new string(' ', 24 << 20));

    public static IReadOnlyList<FlakyMode> All { get; } = [.. Slow(), .. Broken(), .. Statuses(), .. Wrong(), .. Redirects(), .. Packed(), .. Pages()];

    private static Task Good(RawExchange x) => x.Answer(Bodies.Csv(9));

    private static Func<RawExchange, Task> Once(Func<RawExchange, Task> bad) => x => x.Number == 1 ? bad(x) : Good(x);

    private static FlakyMode[] Slow() =>
    [
        new("slow_but_whole", "takes its time before the head and in the body", null, async x =>
        {
            await x.Wait(0.3);
            await x.Head($"Content-Length: {Encoding.UTF8.GetByteCount(Bodies.Csv(9))}\r\n");
            await x.Wait(0.3);
            await x.Send(Bodies.Csv(9));
        }),
        new("never_answers", "takes the request and says nothing", "OD2002", x => x.Wait(60)) { Requests = 2 },
        new("head_drips", "sends a header a byte at a time, for ever", "OD2002", async x =>
        {
            await x.Send("HTTP/1.1 200 OK\r\nX-Slow: ");
            while (!x.Ended.IsCancellationRequested)
            {
                await x.Send("a");
                await x.Wait(0.1);
            }
        }) { Requests = 2 },
        new("stalls", "stops in the middle of the body and keeps the connection", "OD2002", async x =>
        {
            await x.Head("Content-Length: 1000\r\n");
            await x.Send("id,name\n1,");
            await x.Wait(60);
        }) { Requests = 2 },
        new("drips", "sends a row now and then, for ever", "OD2002", async x =>
        {
            await x.Head("");
            await x.Send("id,name\n");
            while (!x.Ended.IsCancellationRequested)
            {
                await x.Send("1,a\n");
                await x.Wait(0.1);
            }
        }) { Requests = 1 },
        new("endless_body", "sends rows without end, fast", "OD2008", async x =>
        {
            await x.Head("");
            var piece = Encoding.UTF8.GetBytes(Bodies.Csv(5000));
            while (!x.Ended.IsCancellationRequested)
            {
                await x.Send(piece);
            }
        }) { Requests = 1 },
        new("endless_head", "sends headers without end", "OD2008", async x =>
        {
            await x.Send("HTTP/1.1 200 OK\r\n");
            while (!x.Ended.IsCancellationRequested)
            {
                await x.Send(string.Concat(Enumerable.Repeat("X-More: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", 200)));
            }
        }) { Requests = 1 },
        new("declared_giant", "declares a body of 1 TiB", "OD2008", x => x.Head($"Content-Length: {1L << 40}\r\n")) { Requests = 1 },
    ];

    private static FlakyMode[] Broken() =>
    [
        new("reset_once", "resets the connection at the first try", null, Once(Reset)) { Requests = 2 },
        new("reset_always", "resets every connection", "OD2001", Reset) { Requests = 2 },
        new("reset_in_body", "resets in the middle of the body", "OD2005", async x =>
        {
            await x.Head("Content-Length: 1000\r\n");
            await x.Send("id,name\n1,a\n");
            await x.Wait(0.2);
            x.Reset();
        }) { Requests = 2 },
        new("short_once", "ends before the declared length at the first try", null, Once(Short)) { Requests = 2 },
        new("short_always", "ends before the declared length at every try", "OD2005", Short) { Requests = 2 },
        new("half_closed", "closes its side early and goes on listening", "OD2005", async x =>
        {
            await Short(x);
            x.HalfClose();
            await x.Wait(1);
        }) { Requests = 2 },
        new("chunks_cut", "ends a chunked body without its last chunk", "OD2005", async x =>
        {
            await x.Head("Transfer-Encoding: chunked\r\n");
            await x.Send("c\r\nid,name\n1,a\n\r\n");
        }) { Requests = 2 },
        new("chunk_size_lies", "writes a chunk size that is no number", "OD2005", async x =>
        {
            await x.Head("Transfer-Encoding: chunked\r\n");
            await x.Send("c\r\nid,name\n1,a\n\r\nxyz\r\n1,a\n");
        }) { Requests = 2 },
        new("cut_without_length", "declares no length and ends after a third of the rows", "OD2201", async x =>
        {
            await x.Head("");
            await x.Send(Bodies.Csv(3));
        }) { Requests = 1 },
        new("cut_in_a_quote", "declares no length and ends inside a quoted field", "OD2108", async x =>
        {
            await x.Head("");
            await x.Send(Bodies.Csv(9)[..^4]);
        }) { Requests = 1 },
        new("banana", "answers in no protocol", "OD2001", x => x.Send("BANANA 9\r\n\r\n")) { Requests = 2 },
        new("unknown_signer", "shows a certificate that nobody trusted has signed", "OD2001", Good) { Address = port => $"https://127.0.0.1:{port}", Requests = 0 },
        new("nobody_there", "does not listen any more", "OD2001", Good) { Address = _ => "http://127.0.0.1:1", Requests = 0 },
        new("etag_changes", "breaks off, then has another version at the next try", null, x => x.Number == 1
            ? x.Send("HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 1000\r\n\r\n" + Bodies.Csv(5))
            : x.Answer(Bodies.Csv(9), "ETag: \"b\"\r\n")) { Requests = 2 },
    ];

    private static FlakyMode[] Statuses() =>
    [
        new("busy_503", "answers 503 with Retry-After in seconds, then the data", null, Once(x => x.Answer("", "Retry-After: 1\r\n", "503 Busy"))) { Requests = 2 },
        new("busy_503_date", "answers 503 with Retry-After as a date of its own wrong clock, then the data", null, Once(x => x.Answer(
            "", "Date: Fri, 01 Jan 1999 00:00:00 GMT\r\nRetry-After: Fri, 01 Jan 1999 00:00:01 GMT\r\n", "503 Busy"))) { Requests = 2 },
        new("busy_for_an_hour", "answers 503 and asks for an hour's patience", "OD2003", x => x.Answer("", "Retry-After: 3600\r\n", "503 Busy")) { Requests = 1 },
        new("throttled_429", "answers 429, then the data", null, Once(x => x.Answer("", status: "429 Slow"))) { Requests = 2 },
        new("always_500", "answers 500 every time", "OD2003", x => x.Answer("stack trace", status: "500 Oh")) { Requests = 2 },
        new("gone_404", "answers 404", "OD2003", x => x.Answer("no", status: "404 No")) { Requests = 1 },
        new("refused_401", "answers 401", "OD2004", x => x.Answer("no", status: "401 Who")) { Requests = 1 },
        new("nothing_204", "answers 204", "OD2003", x => x.Send("HTTP/1.1 204 None\r\nConnection: close\r\n\r\n")) { Requests = 1 },
        new("partial_206", "sends a part that nobody asked for", "OD2003", x => x.Answer(Bodies.Csv(9), "Content-Range: bytes 0-99/1000\r\n", "206 Part")) { Requests = 1 },
        new("not_modified_304", "answers 304 to a question without a condition", "OD2003", x => x.Send("HTTP/1.1 304 Same\r\nConnection: close\r\n\r\n")) { Requests = 1 },
        new("clock_wrong", "dates its answer 1999 and the data 2099", null, x => x.Answer(
            Bodies.Csv(9), "Date: Fri, 01 Jan 1999 00:00:00 GMT\r\nLast-Modified: Thu, 01 Jan 2099 00:00:00 GMT\r\n")) { Requests = 1 },
    ];

    private static FlakyMode[] Wrong() =>
    [
        new("error_page", "answers 200 with an error page", "OD2006", x => x.Answer("<html>Lỗi hệ thống</html>", "Content-Type: text/html\r\n")) { Requests = 1 },
        new("login_as_csv", "sends a login page and calls it CSV", "OD2006", x => x.Answer("\n<!-- sso -->\n<!DOCTYPE html><form>Đăng nhập</form>")) { Requests = 1 },
        new("error_text", "answers 200 with a sentence", "OD2105", x => x.Answer("Service temporarily unavailable")) { Requests = 1 },
        new("empty_200", "answers 200 with nothing", "OD2017", x => x.Answer("")) { Requests = 1 },
        new("blank_200", "answers 200 with empty lines", "OD2101", x => x.Answer("\n\r\n \n")) { Requests = 1 },
        new("header_only", "sends the header row alone", "OD2201", x => x.Answer("id,name\n")) { Requests = 1 },
        new("wrong_charset", "sends Windows-1258 where UTF-8 is agreed", "OD2103", x => x.Answer(
            [.. "id,name\n1,"u8, 0xD0, .. "i\n"u8], "Content-Type: text/csv; charset=utf-8\r\n")) { Requests = 1 },
        new("charset_lies", "sends the agreed UTF-8 and calls it Windows-1258", null, x => x.Answer(Bodies.Csv(9), "Content-Type: text/csv; charset=windows-1258\r\n")) { Requests = 1 },
        new("type_lies", "calls CSV a picture", null, x => x.Answer(Bodies.Csv(9), "Content-Type: image/png\r\n")) { Requests = 1 },
        new("nul_padding", "fills the end with NUL bytes", "OD2104", x => x.Answer(Bodies.Csv(9) + new string('\0', 512))) { Requests = 1 },
        new("column_renamed", "renames a column overnight", "OD2105", x => x.Answer(Bodies.Csv(9).Replace("name", "ten", StringComparison.Ordinal))) { Requests = 1 },
        new("drift_mid_file", "begins to send another column in the middle of the file", "OD2201", x => x.Answer(
            Bodies.Csv(4) + string.Concat(Enumerable.Range(5, 5).Select(i => $"{i},Xã,thêm\n")))) { Requests = 1 },
        new("binary", "sends a picture", "OD2103", x => x.Answer([0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8, 0, 0])) { Requests = 1 },
    ];

    private static Task Reset(RawExchange x)
    {
        x.Reset();
        return Task.CompletedTask;
    }

    private static async Task Short(RawExchange x)
    {
        await x.Head("Content-Length: 1000\r\n");
        await x.Send("id,name\n1,a\n");
    }
}
