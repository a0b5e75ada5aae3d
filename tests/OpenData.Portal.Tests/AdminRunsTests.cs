using System.Net;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Tests;

/// <summary>The pages of runs and schedules, as an operator and an approver see them.</summary>
public sealed class AdminRunsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task An_operator_watches_a_run_at_work_and_reads_the_log_of_one_that_failed()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        using var lan = await AdminBrowser.FirstOperatorAsync(portal, "lan");
        Assert.Contains("Không có lượt nạp nào.", await PageAsync(lan, "admin/runs"), StringComparison.Ordinal);

        await using var ledger = await RunLedger.OpenAsync(new LedgerOptions(town.DataFolder), TimeProvider.System, None);
        var now = TimeProvider.System.GetUtcNow();
        var (failed, working) = (RunId.New(TimeProvider.System), RunId.New(TimeProvider.System));
        await ledger.StartAsync(new RunStart(failed, "reports", "schedule", now.AddHours(-1), WorkerIdentity.Current), None);
        await ledger.AddStepAsync(failed, new StepRecord("fetch", now.AddHours(-1), TimeSpan.FromSeconds(2)) { Bytes = 2_000_000 }, None);
        await ledger.FinishAsync(
            failed,
            new RunEnd(RunStatus.Failed)
            {
                CauseCode = "OD2201",
                Cause = new("Không đạt kiểm tra.", "A check failed."),
                Quarantine = [new QuarantineCount("matches", "citizen_number", 3)],
                Lines = [new RunLine(now, "warning", "Source failed with OD2003 at try 1; <b>trying</b> again")],
            },
            None);
        await ledger.StartAsync(new RunStart(working, "hidden_closed", "request", now, WorkerIdentity.Current), None);
        await ledger.NoteProgressAsync(new ProgressNote(working, "stage", now, now, 1_234_567), [], None);

        var list = await PageAsync(lan, "admin/runs");
        Assert.Contains("Đọc từng bản ghi, 1.234.567 bản ghi", list, StringComparison.Ordinal);
        Assert.Contains("OD2201", list, StringComparison.Ordinal);
        Assert.DoesNotContain(working, await PageAsync(lan, "admin/runs?status=failed"), StringComparison.Ordinal);
        Assert.DoesNotContain(failed, await PageAsync(lan, "admin/runs?dataset=hidden_closed"), StringComparison.Ordinal);
        using var watched = await lan.Client.GetAsync("admin/runs?watch=1");
        Assert.Equal("5", watched.Headers.GetValues("Refresh").Single());

        var one = await lan.Client.GetStringAsync("en/admin/runs/" + failed);
        Assert.Contains("&lt;b&gt;trying&lt;/b&gt; again", one, StringComparison.Ordinal);
        Assert.Contains("A check failed.", one, StringComparison.Ordinal);
        Assert.DoesNotContain("citizen_number", one, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await lan.Client.GetAsync("admin/runs/none")).StatusCode);

        // Of a run of a closed dataset the public learns nothing.
        Assert.Equal(HttpStatusCode.NotFound, (await portal.Client.GetAsync("runs/" + working)).StatusCode);
    }

    [Fact]
    public async Task A_paused_schedule_is_said_to_the_public_and_among_the_schedules_without_who_and_why()
    {
        using var town = await TestTown.BuildAsync();
        await using (var ledger = await RunLedger.OpenAsync(new LedgerOptions(town.DataFolder), TimeProvider.System, None))
        {
            await ledger.PauseAsync(new Pause("markets", "lan", "the agency moves its system", new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero)), None);
        }

        await using var portal = await RunningPortal.StartAsync(town);
        var page = await portal.Client.GetStringAsync("en/datasets/markets");
        Assert.Contains("The schedule is paused since 20 November 2026, 08:00", page, StringComparison.Ordinal);
        Assert.DoesNotContain("the agency moves", page, StringComparison.Ordinal);
        Assert.Contains("paused since 20 November", await portal.Client.GetStringAsync("api/v1/datasets/markets/quality"), StringComparison.Ordinal);
        using var lan = await AdminBrowser.FirstOperatorAsync(portal, "lan");
        Assert.Contains("Paused since", await PageAsync(lan, "en/admin/schedules"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_of_runs_is_paged_without_loss()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        using var lan = await AdminBrowser.FirstOperatorAsync(portal, "lan");
        await using var ledger = await RunLedger.OpenAsync(new LedgerOptions(town.DataFolder), TimeProvider.System, None);
        var ids = Enumerable.Range(0, 120).Select(_ => RunId.New(TimeProvider.System)).ToList();
        foreach (var id in ids)
        {
            await ledger.StartAsync(new RunStart(id, "markets", "schedule", TimeProvider.System.GetUtcNow(), WorkerIdentity.Current), None);
        }

        var seen = new List<string>();
        for (string? next = "admin/runs?dataset=markets"; next is not null;)
        {
            var page = await PageAsync(lan, next);
            seen.AddRange(ids.Where(id => page.Contains("/admin/runs/" + id + "\"", StringComparison.Ordinal)));
            next = page.Split("rel=\"next\" href=\"/") is [_, var rest] ? rest.Split('"')[0] : null;
        }

        Assert.Equal(ids.Order(), seen.Order());
    }

    [Fact]
    public async Task Only_an_operator_asks_for_a_run_and_the_wish_waits_for_the_worker()
    {
        using var town = await TestTown.BuildAsync();
        await using var portal = await RunningPortal.StartAsync(town);
        using var lan = await AdminBrowser.FirstOperatorAsync(portal, "lan");
        using var minh = await lan.InviteAsync("minh", "approver");
        await using var ledger = await RunLedger.OpenAsync(new LedgerOptions(town.DataFolder), TimeProvider.System, None);

        Assert.DoesNotContain("<button type=\"submit\" class=\"button plain\">Chạy ngay", await PageAsync(minh, "admin/schedules"), StringComparison.Ordinal);
        using var refused = await minh.SendAsync("admin/schedules", "admin/schedules/run", ("dataset", "markets"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var unknown = await lan.SendAsync("admin/schedules", "admin/schedules/run", ("dataset", "'; drop table runs; --"));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Empty(await ledger.RequestsAsync(None));

        using var asked = await lan.SendAsync("en/admin/schedules", "en/admin/schedules/run", ("dataset", "hidden_closed"));
        Assert.Equal("/en/admin/schedules", asked.Headers.Location!.OriginalString);
        Assert.Equal(("hidden_closed", "lan"), (await ledger.RequestsAsync(None)).Values.Select(r => (r.Dataset, r.AskedBy)).Single());
        Assert.Contains("waiting for the worker (lan)", await PageAsync(lan, "en/admin/schedules"), StringComparison.Ordinal);
        Assert.Contains("run.ask", await PageAsync(lan, "admin/audit"), StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(AdminBrowser browser, string address)
        => WebUtility.HtmlDecode(await browser.Client.GetStringAsync(address));
}
