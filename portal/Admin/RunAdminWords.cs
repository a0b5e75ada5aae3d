using OpenData.Catalogs;

namespace OpenData.Portal.Admin;

/// <summary>The words of the pages of runs and schedules.</summary>
internal static class RunAdminWords
{
    public static readonly LocalText Runs = new("Lượt nạp", "Runs");
    public static readonly LocalText Schedules = new("Lịch nạp", "Schedules");
    public static readonly LocalText Dataset = new("Bộ dữ liệu", "Dataset");
    public static readonly LocalText Status = new("Kết quả", "Outcome");
    public static readonly LocalText All = new("Tất cả", "All");
    public static readonly LocalText Nothing = new("Không có lượt nạp nào.", "No runs.");
    public static readonly LocalText Received = new("Nhận", "Received");
    public static readonly LocalText Refused = new("Giữ lại", "Refused");
    public static readonly LocalText Watch = new("Tự làm mới mỗi 5 giây", "Refresh every 5 seconds");
    public static readonly LocalText StopWatching = new("Thôi tự làm mới", "Stop refreshing");
    public static readonly LocalText Log = new("Nhật ký", "Log");
    public static readonly LocalText LogLead = new(
        "Những dòng tiến trình nạp ghi trong lượt này; không có giá trị dữ liệu, địa chỉ hay mật khẩu.",
        "What the worker wrote during this run; never values, addresses or secrets.");
    public static readonly LocalText NoLog = new("Không có dòng nào.", "No lines.");
    public static readonly LocalText Landed = new("Tệp đã nhận", "Landed files");
    public static readonly LocalText Worker = new("Tiến trình", "Worker");
    public static readonly LocalText Cause = new("Nguyên nhân", "Cause");
    public static readonly LocalText PausedSince = new("Tạm dừng từ", "Paused since");
    public static readonly LocalText NextSlot = new("Lần chạy tới", "Next run");
    public static readonly LocalText LastRun = new("Lượt gần nhất", "Latest run");
    public static readonly LocalText State = new("Tình trạng", "State");
    public static readonly LocalText Due = new("Trễ từ", "Late from");
    public static readonly LocalText NoClock = new("khi bộ nguồn có bản mới", "when a parent has a new version");
    public static readonly LocalText RunNow = new("Chạy ngay", "Run now");
    public static readonly LocalText Full = new("đọc lại toàn bộ", "read everything");
    public static readonly LocalText Asked = new("Đã yêu cầu, chờ tiến trình nạp", "Asked for, waiting for the worker");
    public static readonly LocalText SchedulesLead = new(
        "Yêu cầu chạy ngay được tiến trình nạp nhận trong vài giây và ghi vào nhật ký thao tác.",
        "A worker takes up a wish for a run within seconds; the audit log says who asked.");
}
