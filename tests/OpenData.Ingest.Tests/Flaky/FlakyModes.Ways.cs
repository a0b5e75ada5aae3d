namespace OpenData.Ingest.Tests.Flaky;

/// <content>Redirects, packed bodies and pages.</content>
internal static partial class FlakyModes
{
    private static FlakyMode[] Redirects() =>
    [
        Redirect("redirect_to_file", "redirects to a file of ours", "OD2007", _ => "file:///etc/hostname"),
        Redirect("redirect_to_ftp", "redirects to another protocol", "OD2007", _ => "ftp://127.0.0.1/x"),
        Redirect("redirect_to_metadata", "redirects to the cloud's metadata address", "OD2009", _ => "http://169.254.169.254/latest/meta-data/"),
        Redirect("redirect_inside", "redirects to a private address", "OD2009", _ => "http://10.0.0.1/admin"),
        Redirect("redirect_inside_v6", "redirects to the loopback address of IPv6", "OD2009", x => x.Address.Replace("127.0.0.1", "[::1]", StringComparison.Ordinal)),
        Redirect("redirect_inside_mapped", "redirects to a private IPv4 address dressed as IPv6", "OD2009", _ => "http://[::ffff:192.168.1.1]/"),
        Redirect("redirect_to_a_name_inside", "redirects to a name that leads to a private address", "OD2009", x => x.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)),
        Redirect("redirect_to_login", "redirects to its login page", "OD2006", _ => "/login"),
        Redirect("redirect_loop", "redirects to itself for ever", "OD2007", x => x.Path, 6),
        new("redirect_nowhere", "redirects without saying where", "OD2007", x => x.Answer("", "", "302 There")) { Requests = 1 },
        new("redirect_and_data", "redirects once to the data", null, x => x.Answer("", "Location: /good\r\n", "307 There")) { Requests = 1 },
        new("name_leads_inside", "has a name that leads to a private address", "OD2009", Good) { Address = port => $"http://localhost:{port}", Requests = 0 },
    ];

    private static FlakyMode[] Packed() =>
    [
        new("gzip_unasked", "packs the file with gzip and says so", null, x => x.Answer(Bodies.Gzip(Bodies.Csv(9)), "Content-Encoding: gzip\r\n")) { Requests = 1 },
        new("gzip_unsaid", "packs the file with gzip and does not say so", null, x => x.Answer(Bodies.Gzip(Bodies.Csv(9)))) { Requests = 1 },
        new("gzip_said", "says gzip and sends plain text", null, x => x.Answer(Bodies.Csv(9), "Content-Encoding: gzip\r\n")) { Requests = 1 },
        new("gzip_cut", "sends half of a gzip file and declares the half", "OD2120", x => x.Answer(Bodies.Gzip(Bodies.Csv(2000))[..3000])) { Requests = 1 },
        new("gzip_bomb", "sends a gzip file that unpacks without measure", "OD2121", x => x.Answer(Bodies.Gzip(Blanks))) { Requests = 1 },
        new("brotli_unasked", "packs with Brotli although nobody asked", "OD2040", x => x.Answer(Bodies.Brotli(Blanks), "Content-Encoding: br\r\n")) { Requests = 1 },
        new("brotli_unsaid", "packs with Brotli and does not say so", "OD2103", x => x.Answer(Bodies.Brotli(Blanks))) { Requests = 1 },
        new("brotli_said", "says Brotli and sends plain text", "OD2040", x => x.Answer(Bodies.Csv(9), "Content-Encoding: br\r\n")) { Requests = 1 },
        new("zip_of_one", "sends the file in a ZIP", null, x => x.Answer(Bodies.Zip(System.Text.Encoding.UTF8.GetBytes(Bodies.Csv(9))))) { Requests = 1 },
        new("zip_bomb", "sends a ZIP that unpacks without measure", "OD2121", x => x.Answer(Bodies.Zip(Blanks))) { Requests = 1 },
        new("zip_of_two", "sends a ZIP of two files", "OD2122", x => x.Answer(Bodies.Zip([1], [2]))) { Requests = 1 },
    ];

    private static FlakyMode[] Pages() =>
    [
        Paged("total_shifts_once", "gets a record more while we read; then holds still", null, x => Honest(x, x.Number == 1 ? 8 : 9)) with { Requests = 5 },
        Paged("total_shifts", "gets a record more with every page", "OD2018", x => x.Answer(Bodies.HonestPage(x.Page, 20 + x.Number))),
        Paged("total_too_high", "declares more records than it sends", "OD2013", x => x.Answer(Bodies.Page(x.Page > 3 ? [] : [x.Page], 99))),
        Paged("total_too_low", "declares fewer records than it sends", "OD2013", x => x.Answer(Bodies.Page([1, 2, 3], 2))),
        Paged("total_is_a_word", "declares the total as a word", "OD2014", x => x.Answer(Bodies.Page([1], "\"many\""))) with { Requests = 1 },
        Paged("same_page", "sends the first page under every number", "OD2012", x => x.Answer(Bodies.Page([1, 2, 3], 9))) with { Requests = 2 },
        Paged("endless_pages", "has a next page every time", "OD2015", x => x.Answer(Bodies.Page([x.Number], 1_000_000))),
        Paged("rows_shift", "inserts a record in front while we read, and hides that in the total", "OD2018", x => x.Answer(
            Bodies.Page(x.Page switch { 1 => [1, 2, 3], 2 => [3, 4, 5], _ => [6, 7, 8] }, 9))),
        Paged("key_on_two_pages", "sends a record of an earlier page again in the middle of a later one", "OD2027", x => x.Answer(
            Bodies.Page(x.Page switch { 1 => [1, 2, 3], 2 => [4, 5, 6], _ => [7, 2, 8] }, 9))),
        Paged("cursor_repeats", "gives the same cursor again", "OD2012", x => x.Answer(Bodies.Page([x.Number], 99, ",\"next\":\"?p=2\""))) with { Paging = Cursor },
        Paged("cursor_leaves", "gives a next address on another host", "OD2014", x => x.Answer(Bodies.Page([1], 99, ",\"next\":\"http://example.org/steal\""))) with { Paging = Cursor, Requests = 1 },
        Paged("cursor_goes_inside", "gives a next address that is a file", "OD2014", x => x.Answer(Bodies.Page([1], 99, ",\"next\":\"file:///etc/hostname\""))) with { Paging = Cursor, Requests = 1 },
        Paged("json_cut_once", "cuts one page short and declares the short length", null, x => x is { Page: 2, Number: 2 }
            ? x.Answer(Bodies.HonestPage(2, 9)[..20]) : Honest(x, 9)) with { Requests = 4 },
        Paged("json_error", "answers 200 with an error object", "OD2014", x => x.Answer("{\"error\":\"maintenance\"}")) with { Requests = 1 },
        Paged("json_deep", "nests without end", "OD2014", x => x.Answer(new string('[', 100_000))) with { Requests = 2 },
        Paged("json_gzip", "packs pages although nobody asked", "OD2040", x => x.Answer(Bodies.Gzip(Bodies.HonestPage(1, 9)), "Content-Encoding: gzip\r\n")) with { Requests = 1 },
        Paged("page_too_large", "sends a page larger than the bound", "OD2008", x => x.Answer("[" + new string(' ', 400_000) + "]")) with { Requests = 1 },
    ];

    private const string Cursor = "{ style: cursor, next: $.next }";

    /// <summary>An honest page of that many rows.</summary>
    public static Task Honest(RawExchange x, int rows) => x.Answer(Bodies.HonestPage(x.Page, rows), "Content-Type: application/json\r\n");

    private static FlakyMode Redirect(string name, string what, string code, Func<RawExchange, string> target, int requests = 1)
        => new(name, what, code, x => x.Answer("", $"Location: {target(x)}\r\n", "302 There")) { Requests = requests };

    private static FlakyMode Paged(string name, string what, string? code, Func<RawExchange, Task> answer) => new(name, what, code, answer) { Paged = true };
}
