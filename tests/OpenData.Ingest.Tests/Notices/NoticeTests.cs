using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Notices;
using OpenData.Ingest.Tests.Commands;
using OpenData.Ingest.Tests.Runs;
using OpenData.Ingest.Tests.Sources;

namespace OpenData.Ingest.Tests.Notices;

/// <summary>Who is told what, once, with real receivers.</summary>
public sealed class NoticeTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Good = "id,name\n1,Đồng Quang\n";

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public void A_signature_is_the_one_of_the_specification()
    {
        // The worked example of the Standard Webhooks reference libraries.
        var key = Convert.FromBase64String(Secret["whsec_".Length..]);
        Assert.Equal(
            "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookMessage.Signature("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", Encoding.UTF8.GetBytes("{\"test\": 2432232314}"), key));
    }

    [Theory]
    [InlineData(null, "fine", null)]
    [InlineData(null, "failing", "dataset.failing")]
    [InlineData(null, "late", "dataset.late")]
    [InlineData("fine", "failing", "dataset.failing")]
    [InlineData("fine", "late", "dataset.late")]
    [InlineData("failing", "late", "dataset.late")]
    [InlineData("late", "failing", null)]
    [InlineData("late", "fine", "dataset.recovered")]
    [InlineData("failing", "fine", "dataset.recovered")]
    public void Only_a_change_for_the_worse_and_a_recovery_are_told(string? before, string now, string? kind)
        => Assert.Equal(kind, NoticeRules.KindOf(before, now));

    [Fact]
    public void A_delivery_is_tried_for_about_three_days()
    {
        var waits = Enumerable.Range(0, 1000).Select(NoticeRules.RetryAfter).TakeWhile(w => w is not null).Sum(w => w!.Value.TotalHours);
        Assert.InRange(waits, 70, 74);
    }

    [Fact]
    public async Task Failing_late_and_well_again_are_told_once_each_and_signed()
    {
        var answers = new List<(string Id, string Kind, string Text)>();
        await using var receiver = await FlakyAgency.Start((c, _) => ReceiveAsync(c, answers, 204));
        var clock = new ShiftedClock();
        using var place = Place(receiver.Url, clock);
        place.Contract(
            "units", $"{{ kind: csv, path: {place.Write("in/units.csv", Good)} }}", rest: "refresh: { cron: \"0 0 2 * * ?\", due_within: P1D }");
        await place.Run();
        await RoundAsync(place);
        Assert.Empty(answers);

        place.Write("in/units.csv", "wrong\n1\n");
        await place.Run();
        await RoundAsync(place);
        await place.Run();
        await RoundAsync(place);
        clock.Shift = TimeSpan.FromHours(30);
        await RoundAsync(place);
        await RoundAsync(place);
        place.Write("in/units.csv", Good);
        await place.Run();
        await RoundAsync(place);
        await RoundAsync(place);
        Assert.Equal(["dataset.failing", "dataset.late", "dataset.recovered"], answers.Select(a => a.Kind));
        Assert.Equal(3, answers.Select(a => a.Id).Distinct().Count());
        Assert.Contains("Đã thử 2 lần", answers[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_is_down_gets_the_same_notice_later_even_from_the_next_worker()
    {
        var answers = new List<(string Id, string Kind, string Text)>();
        var status = 503;
        await using var receiver = await FlakyAgency.Start((c, _) => ReceiveAsync(c, answers, status));
        var clock = new ShiftedClock();
        using var place = Place(receiver.Url, clock);
        place.Contract("units", "{ kind: csv, path: in/none.csv }");
        await place.Run();
        await RoundAsync(place);
        await RoundAsync(place);
        Assert.Single(answers);

        clock.Shift = TimeSpan.FromMinutes(2);
        status = 200;
        await RoundAsync(place);
        clock.Shift = TimeSpan.FromDays(9);
        await RoundAsync(place);
        Assert.Equal(2, answers.Count);
        Assert.Equal(answers[0].Id, answers[1].Id);
        Assert.All(place.Logs.Lines, l => Assert.DoesNotContain("MfKQ9r8G", l, StringComparison.Ordinal));
        Assert.All(place.Logs.Lines.Where(l => l.Contains("Notice", StringComparison.Ordinal)), l => Assert.DoesNotContain(receiver.Url, l, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_worker_that_died_after_it_noticed_and_before_it_told_loses_nothing()
    {
        var answers = new List<(string Id, string Kind, string Text)>();
        await using var receiver = await FlakyAgency.Start((c, _) => ReceiveAsync(c, answers, 200));
        var clock = new ShiftedClock();
        using var place = Place(receiver.Url, clock);
        place.Contract("units", "{ kind: csv, path: in/none.csv }");
        await place.Run();
        await using (var dying = await place.Open())
        {
            await dying.Notices.WatchAsync(None);
            Assert.Single(await dying.Ledger.ClaimNoticesAsync(TimeSpan.FromMinutes(5), 10, None));
        }

        await RoundAsync(place);
        Assert.Empty(answers);
        clock.Shift = TimeSpan.FromMinutes(6);
        await RoundAsync(place);
        await RoundAsync(place);
        Assert.Equal("dataset.failing", Assert.Single(answers).Kind);
    }

    [Fact]
    public async Task A_version_that_waits_for_an_approver_is_told_once_and_is_no_failure()
    {
        var answers = new List<(string Id, string Kind, string Text)>();
        await using var receiver = await FlakyAgency.Start((c, _) => ReceiveAsync(c, answers, 200));
        using var place = Place(receiver.Url, new ShiftedClock());
        place.Contract("units", $"{{ kind: csv, path: {place.Write("in/units.csv", Good)} }}", rest: "approval: { required: true }");
        var run = (await place.Run())["units"];
        await RoundAsync(place);
        await RoundAsync(place);
        Assert.Equal(("approval-" + run.RunId, "approval.waiting"), answers.Select(a => (a.Id, a.Kind)).Single());
        Assert.Contains("approvals show " + run.RunId, answers[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_workers_tell_one_change_once()
    {
        var answers = new List<(string Id, string Kind, string Text)>();
        await using var receiver = await FlakyAgency.Start((c, _) => ReceiveAsync(c, answers, 200));
        using var place = Place(receiver.Url, new ShiftedClock());
        place.Contract("units", "{ kind: csv, path: in/none.csv }");
        await place.Run();
        await using var one = await place.Open();
        await using var two = await place.Open();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            var worker = n % 2 == 0 ? one : two;
            await worker.Notices.WatchAsync(None);
            await worker.Notices.DeliverAsync(None);
        })));
        Assert.Single(answers);
    }

    [Fact]
    public async Task A_webhook_inside_the_network_is_not_reached_unless_it_is_allowed()
    {
        await using var receiver = await FlakyAgency.Start((c, _) => Task.CompletedTask);
        using var place = new Workplace
        {
            AllowPrivate = "",
            Notices = NoticeOptions.From(n => n switch { "NOTIFY_WEBHOOK_URL" => receiver.Url, "NOTIFY_WEBHOOK_SECRET" => Secret, _ => null }),
        };
        place.Contract("units", "{ kind: csv, path: in/none.csv }");
        await place.Run();
        await RoundAsync(place);
        Assert.Equal(0, receiver.Requests);
        Assert.Contains(place.Logs.Lines, l => l.Contains("OD2015", StringComparison.Ordinal) || l.Contains("was not reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_lies_whole_in_the_folder_in_both_languages()
    {
        using var place = new Workplace { Notices = Mail("mail") };
        place.Contract("units", "{ kind: csv, path: in/none.csv }");
        await place.Run();
        await RoundAsync(place, Mail(Path.Combine(place.DataFolder, "..", "mail")));
        var folder = Path.Combine(place.DataFolder, "..", "mail");
        var file = Assert.Single(Directory.GetFileSystemEntries(folder));
        Assert.EndsWith(".eml", file, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(file);
        Assert.Contains("To: it@tinh.example", text, StringComparison.Ordinal);
        var subject = string.Concat(text.Split('\n').SkipWhile(l => !l.StartsWith("Subject:", StringComparison.Ordinal)).Take(3)
            .SelectMany(l => l.Split("=?utf-8?B?").Skip(1)).Select(p => Encoding.UTF8.GetString(Convert.FromBase64String(p.Split("?=")[0]))));
        Assert.Equal("Thử nghiệm: nạp dữ liệu không thành công", subject);
        var body = Encoding.UTF8.GetString(Convert.FromBase64String(text[text.IndexOf("\r\n\r\n", StringComparison.Ordinal)..].ReplaceLineEndings("")));
        Assert.Contains("Bộ dữ liệu này chưa được công bố lần nào.", body, StringComparison.Ordinal);
        Assert.Contains("This dataset has never been published.", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NOTIFY_WEBHOOK_URL", "ftp://x")]
    [InlineData("NOTIFY_WEBHOOK_URL", "https://user:secret@x.example")]
    [InlineData("NOTIFY_WEBHOOK_SECRET", "whsec_c2hvcnQ=")]
    [InlineData("NOTIFY_WEBHOOK_SECRET", "planted-secret")]
    [InlineData("NOTIFY_MAIL_TO", "nobody")]
    [InlineData("NOTIFY_AFTER_FAILURES", "0")]
    public void A_setting_that_cannot_work_is_named_at_the_start_without_its_value(string name, string value)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["NOTIFY_WEBHOOK_URL"] = "https://hooks.example",
            ["NOTIFY_WEBHOOK_SECRET"] = Secret,
            ["NOTIFY_MAIL_FOLDER"] = "mail",
            ["NOTIFY_MAIL_FROM"] = "a@b.example",
            ["NOTIFY_MAIL_TO"] = "c@d.example",
            [name] = value,
        };
        var refused = Assert.Throws<OpenDataException>(() => NoticeOptions.From(settings.GetValueOrDefault));
        Assert.Contains(name, refused.Detail.En, StringComparison.Ordinal);
        Assert.DoesNotContain(value.Length > 1 ? value : "'0'", refused.Detail.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_serving_worker_tells_of_what_fails()
    {
        var answers = new List<(string Id, string Kind, string Text)>();
        var told = new TaskCompletionSource();
        await using var receiver = await FlakyAgency.Start(async (c, _) =>
        {
            await ReceiveAsync(c, answers, 200);
            told.TrySetResult();
        });
        using var place = new Workplace();
        place.Contract("units", "{ kind: csv, path: in/none.csv }");
        using var worker = IngestProcess.Start(place, null, [("NOTIFY_WEBHOOK_URL", receiver.Url), ("NOTIFY_WEBHOOK_SECRET", Secret)], "serve");
        try
        {
            await told.Task.WaitAsync(TimeSpan.FromMinutes(1));
            Assert.Equal("dataset.failing", answers[0].Kind);
        }
        finally
        {
            worker.Kill();
            await worker.WaitForExitAsync();
        }
    }

    private static Workplace Place(string url, TimeProvider clock) => new()
    {
        Clock = clock,
        Notices = NoticeOptions.From(n => n switch { "NOTIFY_WEBHOOK_URL" => url + "/hook", "NOTIFY_WEBHOOK_SECRET" => Secret, _ => null }),
    };

    private static NoticeOptions Mail(string folder) => NoticeOptions.From(n => n switch
    {
        "NOTIFY_MAIL_FOLDER" => folder,
        "NOTIFY_MAIL_FROM" => "Cổng dữ liệu <opendata@tinh.example>",
        "NOTIFY_MAIL_TO" => "it@tinh.example",
        _ => null,
    });

    private static async Task RoundAsync(Workplace place, NoticeOptions? notices = null)
    {
        place.Notices = notices ?? place.Notices;
        await using var worker = await place.Open();
        await worker.Notices.WatchAsync(None);
        await worker.Notices.DeliverAsync(None);
    }

    /// <summary>Verifies the signature as a receiver does, before it believes anything.</summary>
    private static async Task ReceiveAsync(HttpContext context, List<(string Id, string Kind, string Text)> answers, int status)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var (id, seconds) = (context.Request.Headers["webhook-id"].ToString(), context.Request.Headers["webhook-timestamp"].ToString());
        byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{seconds}."), .. body.ToArray()];
        var signed = HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), content);
        Assert.Equal("v1," + Convert.ToBase64String(signed), context.Request.Headers["webhook-signature"].ToString());
        Assert.True(long.Parse(seconds, CultureInfo.InvariantCulture) > 0);
        using var json = JsonDocument.Parse(body.ToArray());
        lock (answers)
        {
            answers.Add((id, json.RootElement.GetProperty("type").GetString()!, json.RootElement.GetProperty("data").GetProperty("text").GetProperty("vi").GetString()!));
        }

        context.Response.StatusCode = status;
    }
}
