using Microsoft.AspNetCore.Http;
using OpenData.Ingest.Runs;
using OpenData.Ingest.Sources;
using OpenData.Ingest.Tests.Sources;
using OpenData.TestKit;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Tests.Runs;

public sealed class DatasetRunTests
{
    private const string Good = "id,name\n2,Đại Từ\n1,Phổ Yên\n";

    [Fact]
    public async Task A_run_goes_from_source_to_version_and_the_ledger_tells_it()
    {
        using var place = new Workplace();
        place.Contract("units", $"{{ kind: csv, path: {place.Write("in/units.csv", Good + "x,Bad\n2,Đại Từ\n")} }}");
        var outcome = (await place.Run())["units"];

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal((4L, 2L, 1L, 1L), (outcome.Counts!.Received, outcome.Rows, outcome.Counts.Duplicates, outcome.Counts.Quarantined));
        Assert.Equal("id,name\n1,Phổ Yên\n2,Đại Từ\n", await place.Csv("units"));
        Assert.Equal(["units:fetch", "units:stage", "units:validate", "units:publish"], place.Steps);

        await using var ledger = RunLedger.ForReading(place.Settings.Ledger, TimeProvider.System);
        var run = await ledger.FindAsync(outcome.RunId, CancellationToken.None);
        Assert.Equal((RunStatus.Succeeded, outcome.Version, outcome.Counts), (run!.Status, run.Version, run.Counts));
        var steps = await ledger.StepsAsync(outcome.RunId, CancellationToken.None);
        Assert.Equal(["fetch", "stage", "validate", "publish"], steps.Select(s => s.Name));
        Assert.Equal([null, 4L, 2L, 2L], steps.Select(s => s.Records));
        Assert.All(new[] { steps[0], steps[3] }, s => Assert.Equal(64, s.Sha256!.Length));
        Assert.Equal(1, Assert.Single(await ledger.QuarantineAsync(outcome.RunId, CancellationToken.None)).Rows);
        Assert.Empty(Directory.GetDirectories(Path.Combine(place.DataFolder, "work")));
    }

    [Fact]
    public async Task The_same_input_twice_makes_no_new_version_and_another_one_does()
    {
        using var place = new Workplace();
        place.Contract("units", $"{{ kind: csv, path: {place.Write("in/units.csv", Good)} }}");
        var first = (await place.Run())["units"];
        var second = (await place.Run())["units"];
        Assert.Equal((RunStatus.Unchanged, first.Version, 2L), (second.Status, second.Version, second.Counts!.Unchanged));
        place.Write("in/units.csv", Good + "3,Sông Công\n");
        var third = (await place.Run())["units"];
        Assert.Equal((RunStatus.Succeeded, 3L, 1L), (third.Status, third.Rows, third.Counts!.Inserted));
        Assert.NotEqual(first.Version, third.Version);
    }

    [Fact]
    public async Task Whatever_the_source_does_the_run_ends_by_name_and_the_published_version_stays()
    {
        Func<HttpContext, Task> answer = c => FlakyAgency.Text(c, Good, "text/csv");
        await using var agency = await FlakyAgency.Start((c, _) => answer(c));
        using var place = new Workplace { Limits = SourceRig.Short with { TriesMax = 2, Answer = TimeSpan.FromSeconds(0.3), Read = TimeSpan.FromSeconds(0.3) } };
        place.Contract("units", $"{{ kind: csv, url: \"${{URL}}/units.csv\", auth: {{ bearer: \"${{TOKEN}}\" }} }}", rest: "expectations: [ { rule: row_count, min: 1, shrink_max: 0.2, on_fail: block } ]");
        place.Set("URL", agency.Url);
        var version = (await place.Run())["units"].Version;
        var lies = new (string Code, Func<HttpContext, Task> Answer)[]
        {
            ("OD2003", c => FlakyAgency.Text(c, "sorry", status: 500)),
            ("OD2004", c => FlakyAgency.Text(c, "no", status: 403)),
            ("OD2005", c => FlakyAgency.Truncated(c, Good)),
            ("OD2002", c => Task.Delay(Timeout.Infinite, c.RequestAborted)),
            ("OD2006", c => FlakyAgency.Text(c, "<!doctype html><form>", "text/csv")),
            ("OD2007", c => { c.Response.StatusCode = 302; c.Response.Headers.Location = c.Request.Path.Value; return Task.CompletedTask; }),
            ("OD2008", FlakyAgency.Endless),
            ("OD2017", c => FlakyAgency.Text(c, "")),
            ("OD21", c => FlakyAgency.Text(c, "other,header\n1,2\n", "text/csv")),
            ("OD21", c => c.Response.Body.WriteAsync(new byte[] { 0x69, 0x64, 0x2C, 0xFF, 0xFE, 0x0A }).AsTask()),
            ("OD22", c => FlakyAgency.Text(c, "id,name\n1,Phổ Yên\n", "text/csv")),
        };
        foreach (var (code, lie) in lies)
        {
            answer = lie;
            var outcome = (await place.Run())["units"];
            Assert.Equal(RunStatus.Failed, outcome.Status);
            Assert.StartsWith(code, outcome.CauseCode!, StringComparison.Ordinal);
            Assert.NotEmpty(outcome.Cause!.Vi);
            await using var worker = await place.Open();
            Assert.Equal(version, worker.Store.Current("units")!.Version);
        }

        answer = c => FlakyAgency.Text(c, Good, "text/csv");
        Assert.Equal(RunStatus.Unchanged, (await place.Run())["units"].Status);
        Assert.All(await place.Runs(), r => Assert.NotEqual(RunStatus.Started, r.Status));
    }

    [Fact]
    public async Task Parents_run_first_and_one_bad_dataset_stops_only_those_made_from_it()
    {
        using var place = new Workplace();
        place.Contract("a_child", "{ kind: sql, query: \"select id, name from z_parent\", parents: [z_parent] }");
        place.Contract("b_other", $"{{ kind: csv, path: {place.Write("in/other.csv", Good)} }}");
        place.Contract("c_orphan", "{ kind: sql, query: \"select id, name from d_broken\", parents: [d_broken] }");
        place.Contract("d_broken", $"{{ kind: csv, path: {place.Write("in/broken.csv", "<html>")} }}");
        place.Contract("z_parent", $"{{ kind: csv, path: {place.Write("in/parent.csv", Good)} }}");
        var outcomes = await place.Run();
        Assert.Equal(RunStatus.Succeeded, outcomes["z_parent"].Status);
        Assert.Equal(RunStatus.Succeeded, outcomes["a_child"].Status);
        Assert.Equal(RunStatus.Succeeded, outcomes["b_other"].Status);
        Assert.Equal((RunStatus.Failed, "OD2006"), (outcomes["d_broken"].Status, outcomes["d_broken"].CauseCode));
        Assert.Equal((RunStatus.Blocked, "OD2405"), (outcomes["c_orphan"].Status, outcomes["c_orphan"].CauseCode));
        Assert.Contains("d_broken", outcomes["c_orphan"].Cause!.En, StringComparison.Ordinal);
        Assert.Equal(await place.Csv("z_parent"), await place.Csv("a_child"));
        Assert.Equal((await place.Run()).Where(o => o.Value.IsGood).Select(o => o.Value.Status).Distinct(), [RunStatus.Unchanged]);
    }

    [Fact]
    public async Task A_run_that_is_asked_to_stop_ends_as_interrupted_within_seconds()
    {
        using var stop = new CancellationTokenSource();
        await using var agency = await FlakyAgency.Start(async (c, _) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, c.RequestAborted);
        });
        using var place = new Workplace { Limits = new SourceLimits() };
        place.Contract("units", "{ kind: csv, url: \"${URL}/units.csv\" }").Set("URL", agency.Url);
        place.Contract("later", "{ kind: sql, query: \"select id, name from units\", parents: [units] }");
        await using var worker = await place.Open();
        var before = TimeProvider.System.GetTimestamp();
        var outcomes = await worker.RunAllAsync(["units", "later"], new RunCause("command"), stop.Token);
        Assert.True(TimeProvider.System.GetElapsedTime(before) < TimeSpan.FromSeconds(5));
        Assert.Equal((RunStatus.Interrupted, "OD2406"), (outcomes[0].Status, outcomes[0].CauseCode));
        Assert.All(await place.Runs(), r => Assert.NotEqual(RunStatus.Started, r.Status));
    }

    [Fact]
    public async Task Two_workers_never_run_one_dataset_at_the_same_time()
    {
        var asked = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var agency = await FlakyAgency.Start(async (c, _) =>
        {
            asked.TrySetResult();
            await go.Task;
            await FlakyAgency.Text(c, Good, "text/csv");
        });
        using var place = new Workplace { Limits = new SourceLimits() };
        place.Contract("units", "{ kind: csv, url: \"${URL}/units.csv\" }").Set("URL", agency.Url);
        await using var one = await place.Open();
        await using var two = await place.Open();
        var contract = one.Catalogue.Catalog.Find("units")!;
        var first = one.RunAsync(contract, new RunCause("command"), CancellationToken.None);
        await asked.Task;
        var second = await two.RunAsync(contract, new RunCause("schedule"), CancellationToken.None);
        Assert.Equal((RunStatus.Blocked, "OD2404"), (second!.Status, second.CauseCode));
        go.SetResult();
        Assert.Equal(RunStatus.Succeeded, (await first)!.Status);
    }

    [Fact]
    public async Task A_worker_that_slept_past_its_lease_does_not_publish()
    {
        var clock = new ShiftedClock();
        var go = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        await using var agency = await FlakyAgency.Start(async (c, n) =>
        {
            if (n == 1)
            {
                asked.TrySetResult();
                await go.Task;
            }

            await FlakyAgency.Text(c, n == 1 ? "id,name\n9,Old\n" : Good, "text/csv");
        });
        using var place = new Workplace { Limits = new SourceLimits(), Clock = clock };
        place.Contract("units", "{ kind: csv, url: \"${URL}/units.csv\" }").Set("URL", agency.Url);
        await using var one = await place.Open();
        var contract = one.Catalogue.Catalog.Find("units")!;
        var sleeper = one.RunAsync(contract, new RunCause("command"), CancellationToken.None);
        await asked.Task;

        // The lease (60 s) runs out without a renewal: timers of this clock do not move by the shift.
        clock.Shift = TimeSpan.FromMinutes(2);
        await using var two = await place.Open();
        var winner = await two.RunAsync(contract, new RunCause("command"), CancellationToken.None);
        Assert.Equal(RunStatus.Succeeded, winner!.Status);
        go.SetResult();
        var late = await sleeper;
        Assert.Equal((RunStatus.Failed, "OD2403"), (late!.Status, late.CauseCode));
        Assert.Equal(winner.Version, one.Store.Current("units")!.Version);
    }

    [Fact]
    public async Task Secrets_and_personal_values_are_nowhere_in_the_data_folder_or_the_logs()
    {
        const string Personal = "Nguyễn Thị Bí Mật";
        var body = $$"""{"total":2,"data":[{"id":1,"name":"ok","person":"{{Personal}}"},{"id":"bad","name":"no","person":"{{Personal}}"}]}""";
        Func<HttpContext, Task> answer = c => FlakyAgency.Text(c, body);
        await using var agency = await FlakyAgency.Start((c, _) => answer(c));
        using var place = new Workplace();
        place.Contract(
            "people",
            "{ kind: http_json, url: \"${URL}/people?key=${TOKEN}\", auth: { bearer: \"${TOKEN}\" }, records: $.data, total: $.total }",
            "  - { name: id, type: integer, required: true, title: { vi: Mã, en: Id } }\n  - { name: name, type: text, title: { vi: Tên, en: Name } }\n"
            + "  - { name: person, type: text, privacy: personal, title: { vi: Họ tên, en: Person } }\n");
        place.Set("URL", agency.Url);
        Assert.Equal(1, (await place.Run())["people"].Counts!.Quarantined);
        answer = c => FlakyAgency.Text(c, "{\"data\":[{\"person\":\"" + Personal);
        Assert.Equal(RunStatus.Failed, (await place.Run())["people"].Status);
        answer = c => FlakyAgency.Text(c, $"<html>{Personal}");
        Assert.Equal(RunStatus.Failed, (await place.Run())["people"].Status);

        var texts = new[] { Personal, "planted-secret-token" }.Select(System.Text.Encoding.UTF8.GetBytes).ToList();
        foreach (var file in Directory.EnumerateFiles(place.DataFolder, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            Assert.All(texts, t => Assert.Equal(-1, bytes.AsSpan().IndexOf(t)));
        }

        Assert.All(place.Logs.Lines, l => Assert.DoesNotContain("planted-secret-token", l, StringComparison.Ordinal));
        Assert.All(place.Logs.Lines, l => Assert.DoesNotContain(Personal, l, StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_gives_the_same_under_vi_VN()
        => Culture.Vietnamese(() =>
        {
            using var place = new Workplace();
            place.Contract(
                "fees",
                $"{{ kind: csv, path: {place.Write("in/fees.csv", "id,fee,at\n1,1234.50,2025-07-01T08:30:00+07:00\n")} }}",
                "  - { name: id, type: integer, required: true, title: { vi: Mã, en: Id } }\n"
                + "  - { name: fee, type: \"decimal(14,2)\", title: { vi: Lệ phí, en: Fee } }\n  - { name: at, type: timestamp, title: { vi: Lúc, en: At } }\n");
            var outcome = place.Run().GetAwaiter().GetResult()["fees"];
            Assert.Equal(RunStatus.Succeeded, outcome.Status);
            Assert.Equal("id,fee,at\n1,1234.50,2025-07-01T08:30:00+07:00\n", place.Csv("fees").GetAwaiter().GetResult());
        });
}
