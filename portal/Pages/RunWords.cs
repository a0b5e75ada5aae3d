using System.Globalization;
using OpenData.Catalogs;
using OpenData.Warehouse.Ledger;

namespace OpenData.Portal.Pages;

/// <summary>Runs in plain words.</summary>
internal static class RunWords
{
    public static readonly LocalText Title = new("Lượt nạp dữ liệu", "Run");
    public static readonly LocalText Steps = new("Các bước", "Steps");
    public static readonly LocalText Step = new("Bước", "Step");
    public static readonly LocalText Began = new("Bắt đầu", "Began");
    public static readonly LocalText Took = new("Mất", "Took");
    public static readonly LocalText Records = new("Bản ghi", "Records");
    public static readonly LocalText Ended = new("Kết thúc", "Ended");
    public static readonly LocalText NoStep = new("Chưa có bước nào xong.", "No step has finished.");
    public static readonly LocalText AboutThisRun = new("Xem lượt nạp đã tạo ra phiên bản này", "See the run that made this version");

    /// <summary>What a status means.</summary>
    public static LocalText Status(RunStatus status) => status switch
    {
        RunStatus.Started => new("Đang chạy", "At work"),
        RunStatus.Waiting => new("Bản mới đang chờ duyệt; bản đang công bố giữ nguyên", "A new version waits for approval; the published version stays"),
        RunStatus.Succeeded => new("Đã công bố phiên bản mới", "Published a new version"),
        RunStatus.Unchanged => new("Nguồn không có gì mới", "Nothing new in the source"),
        RunStatus.Failed => new("Không thành công; bản đang công bố giữ nguyên", "Failed; the published version stays"),
        RunStatus.Blocked => new("Chưa chạy được; bản đang công bố giữ nguyên", "Blocked; the published version stays"),
        _ => new("Bị gián đoạn; bản đang công bố giữ nguyên", "Interrupted; the published version stays"),
    };

    /// <summary>What a step does.</summary>
    public static LocalText StepName(string name) => name switch
    {
        "fetch" => new("Lấy dữ liệu từ nguồn", "Fetch from the source"),
        "replay" => new("Đọc lại dữ liệu gốc đã lưu", "Take the stored source bytes"),
        "stage" => new("Đọc từng bản ghi", "Read every record"),
        "derive" => new("Tính từ bộ dữ liệu khác", "Compute from other datasets"),
        "validate" => new("Kiểm tra", "Check"),
        "compare" => new("Đối soát với nguồn", "Compare with the source"),
        "prepare" => new("Tạo bản mới để duyệt", "Make the version that is to be approved"),
        "publish" => new("Công bố", "Publish"),
        _ when name.StartsWith("window ", StringComparison.Ordinal) => new($"Lấy khoảng {name["window ".Length..]}", $"Fetch the window {name["window ".Length..]}"),
        _ => new(name, name),
    };

    /// <summary>Why it was begun.</summary>
    public static LocalText Trigger(string trigger) => trigger switch
    {
        "schedule" => new("theo lịch", "by schedule"),
        "command" => new("do đơn vị vận hành yêu cầu", "asked for by the operator"),
        "request" => new("do người vận hành yêu cầu", "asked for by an operator"),
        "replay" => new("đọc lại dữ liệu gốc sau khi sửa hợp đồng", "the source bytes were read again after the contract was mended"),
        "reconcile" => new("đối soát toàn bộ theo lịch", "full reconcile by schedule"),
        "backfill" => new("nạp bù một khoảng thời gian", "a backfill of a range"),
        "parent" => new("vì bộ dữ liệu nguồn có bản mới", "because a parent had a new version"),
        _ => new("khi khởi động lần đầu", "at the first start"),
    };

    /// <summary>received = published + duplicates + quarantined, in words.</summary>
    public static LocalText Sum(Warehouse.Publishing.RunCounts counts)
    {
        var (published, duplicates, quarantined) = DatasetFacts.Sum(counts);
        return new(
            $"Nhận {N(counts.Received, "vi")} bản ghi = {N(published, "vi")} công bố + {N(duplicates, "vi")} trùng lặp + {N(quarantined, "vi")} bị giữ lại.",
            $"{N(counts.Received, "en")} records received = {N(published, "en")} published + {N(duplicates, "en")} duplicates + {N(quarantined, "en")} quarantined.");
    }

    /// <summary>A length of time in seconds with one digit.</summary>
    public static string Seconds(TimeSpan time, string language)
        => Formats.Grouped(time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture), language) + (language == "en" ? " s" : " giây");

    /// <summary>Class of a status.</summary>
    public static string StateClass(RunStatus status) => status switch
    {
        RunStatus.Succeeded or RunStatus.Unchanged => "state good",
        RunStatus.Started or RunStatus.Waiting => "state plain",
        _ => "state bad",
    };

    /// <summary>What a full reconcile found.</summary>
    /// <param name="found">Days that differed.</param>
    /// <param name="left">Days that still differ.</param>
    public static LocalText Compared(long found, long left) => (found, left) switch
    {
        (0, _) => new(
            "Đã đọc lại toàn bộ nguồn: số dòng của từng ngày khớp với dữ liệu đã công bố.",
            "The whole source was read again: the rows of every day agree with what was published."),
        (_, 0) => new(
            $"Đã đọc lại toàn bộ nguồn: {N(found, "vi")} ngày lệch so với dữ liệu đã công bố, nay đã khớp.",
            $"The whole source was read again. Days that differed from what was published: {N(found, "en")}; they agree now."),
        _ => new(
            $"Đã đọc lại toàn bộ nguồn: {N(found, "vi")} ngày lệch so với dữ liệu đã công bố, còn {N(left, "vi")} ngày chưa khớp.",
            $"The whole source was read again. Days that differed from what was published: {N(found, "en")}; still different: {N(left, "en")}."),
    };

    private static string N(long number, string language) => Formats.Number(number, language);
}
