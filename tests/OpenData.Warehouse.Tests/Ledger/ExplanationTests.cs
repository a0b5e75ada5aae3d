using OpenData.Catalogs;
using OpenData.TestKit;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Tests.Ledger;

public sealed class ExplanationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 2, 30, 0, TimeSpan.Zero);

    private static readonly DatasetContract Cases = CatalogReader.Read(Repository.File("catalogs/thai-nguyen")).Catalog.Find("one_stop_cases")!;

    [Fact]
    public void A_silent_source_is_told_with_since_when_what_was_tried_what_comes_next_and_what_to_do()
    {
        var good = Run(RunStatus.Succeeded, hoursAgo: 48);
        List<RunRecord> tries = [Run(RunStatus.Failed, 2, "OD2003"), Run(RunStatus.Failed, 20, "OD2003")];
        var told = ExplanationText.Of(Cases, new FreshnessFacts(good, tries[0], Now.AddHours(16)), tries, Now);
        Assert.Equal(
            [
                "Trễ hạn từ 21:30 ngày 21/11/2026; đọc từ nguồn lần cuối lúc 09:30 ngày 20/11/2026.",
                "Hệ thống của cơ quan cung cấp không trả lời, hoặc trả lời mà không có dữ liệu.",
                "Đã thử 2 lần; lần gần nhất lúc 07:30 ngày 22/11/2026: nguồn không trả lời (OD2003).",
                "Lượt kế tiếp: 01:30 ngày 23/11/2026.",
                "Cơ quan cung cấp cần kiểm tra hệ thống nguồn; lượt nạp sau sẽ tự thử lại.",
            ],
            told.Sentences.Select(s => s.Vi));
        Assert.Equal("Late since 21 November 2026, 21:30; last read from its source on 20 November 2026, 09:30.", told.State.En);
    }

    [Fact]
    public void A_stopped_scheduler_is_told_as_a_run_that_was_not_started()
    {
        var good = Run(RunStatus.Unchanged, hoursAgo: 30);
        var told = ExplanationText.Of(Cases, new FreshnessFacts(good, good, Now.AddHours(-6)), [], Now);
        Assert.Contains("no run was started", told.Cause!.En, StringComparison.Ordinal);
        Assert.Contains("has passed and was not started", told.Next.En, StringComparison.Ordinal);
        Assert.Null(told.Tried);
    }

    [Fact]
    public void A_paused_schedule_is_told_with_since_when()
    {
        var good = Run(RunStatus.Unchanged, hoursAgo: 3);
        var told = ExplanationText.Of(Cases, new FreshnessFacts(good, good, null) { PausedAt = Now.AddHours(-1) }, [], Now);
        Assert.Equal("Lịch đang tạm dừng từ 08:30 ngày 22/11/2026; không lượt nào tự chạy cho đến khi lịch được mở lại.", told.Next.Vi);
        Assert.Equal("The schedule is paused since 22 November 2026, 08:30; nothing runs by itself until it is resumed.", told.Next.En);
    }

    [Fact]
    public void A_dataset_on_time_has_no_cause_and_no_advice()
    {
        var good = Run(RunStatus.Succeeded, hoursAgo: 3);
        var told = ExplanationText.Of(Cases, new FreshnessFacts(good, good, Now.AddHours(21)), [], Now);
        Assert.Equal((null, null, null), (told.Cause, told.Tried, told.Advice));
        Assert.StartsWith("Còn trong hạn đến", told.State.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_runs_since_the_last_good_one_were_tried_in_vain()
        => Assert.Equal(
            [1, 2],
            ExplanationText.InVain([Run(RunStatus.Started, 0), Run(RunStatus.Failed, 1), Run(RunStatus.Interrupted, 2), Run(RunStatus.Unchanged, 3), Run(RunStatus.Failed, 4)])
                .Select(r => (int)(Now - r.StartedAt).TotalHours));

    [Fact]
    public void No_sentence_of_any_cause_names_an_address_or_a_path()
        => Assert.All(
            Enum.GetValues<FreshnessCause>().SelectMany(c => new[] { CauseText.Short(c), CauseText.Sentence(c), CauseText.Advice(c) }),
            text => Assert.DoesNotMatch("[/\\\\]|http|SQL", text.Vi + text.En));

    private static RunRecord Run(RunStatus status, int hoursAgo, string? code = null)
        => new("id", "one_stop_cases", "schedule", status, Now.AddHours(-hoursAgo), null, null, null, null, code, null, WorkerIdentity.Current);
}
