using System.Net;
using OpenData.Catalogs;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Tests;

/// <summary>The page of one run, and what the dataset's page says while its source is silent.</summary>
public sealed class RunPageTests
{
    private static readonly DateTimeOffset Began = TimeProvider.System.GetUtcNow().AddHours(-60);

    [Fact]
    public async Task A_run_is_told_in_words_and_a_silent_source_shows_its_cause_but_never_its_sentence()
    {
        using var town = await TestTown.BuildAsync();
        await WriteRunsAsync(town.DataFolder);
        await using var portal = await RunningPortal.StartAsync(town);

        var good = WebUtility.HtmlDecode(await portal.Client.GetStringAsync("runs/" + Good));
        Assert.Contains("Nhận 1.236 bản ghi = 1.230 công bố + 2 trùng lặp + 4 bị giữ lại.", good, StringComparison.Ordinal);
        Assert.Contains("Lấy dữ liệu từ nguồn", good, StringComparison.Ordinal);
        Assert.Contains("Đã đọc lại toàn bộ nguồn: 2 ngày lệch so với dữ liệu đã công bố, còn 1 ngày chưa khớp.", good, StringComparison.Ordinal);
        Assert.Contains("Đúng mẫu", good, StringComparison.Ordinal);
        Assert.DoesNotContain("citizen_number", good, StringComparison.Ordinal);

        var bad = WebUtility.HtmlDecode(await portal.Client.GetStringAsync("en/runs/" + Bad));
        Assert.Contains("system did not answer, or answered without data.", bad, StringComparison.Ordinal);
        Assert.DoesNotContain("10.1.2.3", bad, StringComparison.Ordinal);

        var page = WebUtility.HtmlDecode(await portal.Client.GetStringAsync("datasets/markets"));
        Assert.Contains("Đã thử 1 lần", page, StringComparison.Ordinal);
        Assert.Contains("(OD2003)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("10.1.2.3", page, StringComparison.Ordinal);
        Assert.Contains("nguồn không trả lời", page, StringComparison.Ordinal);
    }

    private static string Good { get; } = RunId.New(TimeProvider.System);

    private static string Bad { get; } = RunId.New(TimeProvider.System);

    private static async Task WriteRunsAsync(string folder)
    {
        var none = CancellationToken.None;
        await using var ledger = await RunLedger.OpenAsync(new LedgerOptions(folder), TimeProvider.System, none);
        await ledger.StartAsync(new RunStart(Good, "markets", "schedule", Began, WorkerIdentity.Current), none);
        await ledger.AddStepAsync(Good, new StepRecord("fetch", Began, TimeSpan.FromSeconds(1.5)) { Bytes = 123_456 }, none);
        await ledger.AddStepAsync(Good, new StepRecord("stage", Began.AddSeconds(2), TimeSpan.FromSeconds(0.5)) { Records = 1_236 }, none);
        await ledger.AddStepAsync(Good, new StepRecord("compare", Began.AddSeconds(3), TimeSpan.FromSeconds(0.5)) { Records = 2 }, none);
        await ledger.SetReconcileDaysAsync(Good, [new ReconcileDay("2025-07-01", 1, 2, 2), new ReconcileDay("2025-07-02", 1, 0, 1)], none);
        await ledger.FinishAsync(
            Good,
            new RunEnd(RunStatus.Succeeded)
            {
                Version = "v",
                Rows = 1_230,
                Counts = new RunCounts(1_236, 1_000, 100, 130, 0, 1, 1, 4, 0),
                Quarantine = [new QuarantineCount("matches", "citizen_number", 1), new QuarantineCount("matches", null, 3)],
            },
            none);
        await ledger.StartAsync(new RunStart(Bad, "markets", "schedule", Began.AddHours(24), WorkerIdentity.Current), none);
        await ledger.FinishAsync(
            Bad,
            new RunEnd(RunStatus.Failed) { CauseCode = "OD2003", Cause = new LocalText("Nguồn 10.1.2.3 không trả lời.", "The source 10.1.2.3 did not answer.") },
            none);
        await ledger.SetNextSlotAsync("markets", TimeProvider.System.GetUtcNow().AddHours(3), none);
    }
}
