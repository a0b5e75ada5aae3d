using OpenData.Catalogs;

namespace OpenData.Portal.Admin;

/// <summary>The words of the pages of quarantine.</summary>
internal static class QuarantineWords
{
    public static readonly LocalText Title = new("Bản ghi bị giữ lại", "Quarantine");
    public static readonly LocalText Lead = new(
        "Những bản ghi không qua kiểm tra, theo từng lượt nạp. Trường cá nhân không bao giờ được lưu ở đây.",
        "Records that did not pass the checks, run by run. Personal fields are never kept here.");
    public static readonly LocalText Replay = new(
        "Sau khi sửa hợp đồng, chạy lệnh sau trên máy nạp để đọc lại đúng dữ liệu gốc của lượt này:",
        "After the contract is mended, this command on the worker's machine reads the very same source bytes again:");
    public static readonly LocalText Nothing = new("Không có bản ghi nào bị giữ lại.", "Nothing is in quarantine.");
    public static readonly LocalText Run = new("Lượt nạp", "Run");
    public static readonly LocalText Rules = new("Theo quy tắc", "By rule");
    public static readonly LocalText Rule = new("Quy tắc", "Rule");
    public static readonly LocalText AllRules = new("Mọi quy tắc", "All rules");
    public static readonly LocalText Record = new("Bản ghi số", "Record");
    public static readonly LocalText Column = new("Cột", "Column");
    public static readonly LocalText Text = new("Nội dung", "Text");
    public static readonly LocalText More = new("Tiếp theo", "Next");
    public static readonly LocalText First = new("Từ đầu", "From the start");
    public static readonly LocalText NoText = new("không lưu", "not kept");

    /// <summary>Out of how many records.</summary>
    public static LocalText Of(string received) => new($"trong {received} bản ghi nhận được", $"of {received} records received");
}
