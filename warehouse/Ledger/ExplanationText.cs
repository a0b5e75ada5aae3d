using System.Globalization;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Ledger;

/// <summary>Pure: run facts → the sentences that tell why a dataset is late, since when, what was tried and what comes next.</summary>
public static class ExplanationText
{
    /// <summary>Explains a dataset.</summary>
    /// <param name="contract">The dataset.</param>
    /// <param name="facts">What is known of its runs.</param>
    /// <param name="tries">Its runs since the last good one, newest first.</param>
    /// <param name="now">The time.</param>
    public static Explanation Of(DatasetContract contract, FreshnessFacts facts, IReadOnlyList<RunRecord> tries, DateTimeOffset now)
    {
        var verdict = Freshness.Of(contract.Refresh, facts, now);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(contract.TimeZone);
        return new Explanation(
            State(verdict, facts, zone),
            verdict.Cause is { } cause ? CauseText.Sentence(cause) : null,
            Tried(verdict, facts, tries, zone),
            Next(contract, facts, zone, now),
            verdict.Cause is { } why ? CauseText.Advice(why) : null);
    }

    /// <summary>The runs that were tried in vain since the last good one.</summary>
    /// <param name="newestFirst">Runs of one dataset, newest first.</param>
    public static IReadOnlyList<RunRecord> InVain(IReadOnlyList<RunRecord> newestFirst)
        => [.. newestFirst.SkipWhile(r => r.Status == RunStatus.Started).TakeWhile(r => r.Status is not (RunStatus.Succeeded or RunStatus.Unchanged)).Where(r => r.Status != RunStatus.Started)];

    private static LocalText State(FreshnessVerdict verdict, FreshnessFacts facts, TimeZoneInfo zone)
    {
        if (facts.Confirmed is not { } confirmed)
        {
            return new("Bộ dữ liệu này chưa được công bố lần nào.", "This dataset has never been published.");
        }

        var read = At(confirmed.StartedAt, zone);
        if (verdict.LateFrom is not { } late)
        {
            return new($"Đọc từ nguồn lần cuối lúc {read.Vi}; bộ này không cam kết kỳ hạn.", $"Last read from its source on {read.En}; no rhythm is promised.");
        }

        var (limit, sure) = (At(late, zone), Certainty(verdict.Certainty));
        return verdict.State == FreshnessState.Late
            ? new($"Trễ hạn từ {limit.Vi}{sure.Vi}; đọc từ nguồn lần cuối lúc {read.Vi}.", $"Late since {limit.En}{sure.En}; last read from its source on {read.En}.")
            : new($"Còn trong hạn đến {limit.Vi}{sure.Vi}; đọc từ nguồn lần cuối lúc {read.Vi}.", $"Within its term until {limit.En}{sure.En}; last read from its source on {read.En}.");
    }

    private static LocalText Certainty(CalendarCertainty certainty) => certainty switch
    {
        CalendarCertainty.Expected => new(" (tính theo lịch nghỉ lễ dự kiến)", " (by holidays that are expected, not yet decided)"),
        CalendarCertainty.YearMissing => new(" (chưa có lịch nghỉ lễ của năm liên quan, chỉ trừ thứ Bảy và Chủ nhật)", " (the holidays of a year in it are not known; only weekends were left out)"),
        _ => new("", ""),
    };

    private static LocalText? Tried(FreshnessVerdict verdict, FreshnessFacts facts, IReadOnlyList<RunRecord> tries, TimeZoneInfo zone)
    {
        var atWork = facts.Latest is { Status: RunStatus.Started } run ? At(run.StartedAt, zone) : null;
        var (workingVi, workingEn) = atWork is null ? ("", "") : ($" Một lượt đang chạy từ {atWork.Vi}.", $" A run is at work since {atWork.En}.");
        if (verdict.State == FreshnessState.OnTime || tries is not [var last, ..])
        {
            return atWork is null ? null : new(workingVi.TrimStart(), workingEn.TrimStart());
        }

        var (at, code) = (At(last.StartedAt, zone), last.CauseCode is { } c ? $" ({c})" : "");
        var why = Freshness.CauseOf(last) is { } cause ? CauseText.Short(cause) : new LocalText("không xong", "not finished");
        return new(
            $"Đã thử {Count(tries)} lần; lần gần nhất lúc {at.Vi}: {why.Vi}{code}.{workingVi}",
            $"Tried {Times(tries)}; the last time on {at.En}: {why.En}{code}.{workingEn}");
    }

    private static string Count(IReadOnlyList<RunRecord> tries) => tries.Count.ToString(CultureInfo.InvariantCulture);

    private static string Times(IReadOnlyList<RunRecord> tries) => tries.Count == 1 ? "once" : Count(tries) + " times";

    private static LocalText Next(DatasetContract contract, FreshnessFacts facts, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (facts.PausedAt is { } paused)
        {
            var since = At(paused, zone);
            return new($"Lịch đang tạm dừng từ {since.Vi}; không lượt nào tự chạy cho đến khi lịch được mở lại.", $"The schedule is paused since {since.En}; nothing runs by itself until it is resumed.");
        }

        if (facts.NextSlot is { } slot && slot > now)
        {
            var at = At(slot, zone);
            return new($"Lượt kế tiếp: {at.Vi}.", $"Next run: {at.En}.");
        }

        return (facts.NextSlot, contract.Refresh.Cron) switch
        {
            ({ } missed, _) => Missed(At(missed, zone)),
            (_, { }) => new("Chưa có lượt nào được lên lịch.", "No run is scheduled yet."),
            _ => new("Bộ này chạy khi bộ dữ liệu nguồn của nó có bản mới.", "It runs when a dataset that it is made from has a new version."),
        };
    }

    private static LocalText Missed(LocalText at) => new($"Lượt dự kiến lúc {at.Vi} đã qua mà chưa chạy.", $"The run due on {at.En} has passed and was not started.");

    private static LocalText At(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        return new(
            local.ToString("HH:mm 'ngày' dd'/'MM'/'yyyy", CultureInfo.InvariantCulture),
            local.ToString("d MMMM yyyy',' HH:mm", CultureInfo.InvariantCulture));
    }
}
