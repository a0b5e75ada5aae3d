using OpenData.Catalogs;
using OpenData.Warehouse.Approvals;

namespace OpenData.Portal.Admin;

/// <summary>The words of the pages of approvals and proposals.</summary>
internal static class ApprovalWords
{
    public static readonly LocalText Approvals = new("Duyệt công bố", "Approvals");
    public static readonly LocalText Lead = new(
        "Mỗi phiên bản dưới đây đã kiểm tra xong và chỉ được công bố khi có người khác, không phải người yêu cầu, duyệt nó.",
        "Each version below is complete and checked. It is published only when a person who did not ask for it approves it.");
    public static readonly LocalText Nothing = new("Không có phiên bản nào đang chờ.", "No version waits.");
    public static readonly LocalText Since = new("Chờ từ", "Waits since");
    public static readonly LocalText AskedBy = new("Người yêu cầu", "Asked for by");
    public static readonly LocalText Schedule = new("lịch nạp", "the schedule");
    public static readonly LocalText Rows = new("Số dòng", "Rows");
    public static readonly LocalText CurrentRows = new("bản đang công bố", "published now");
    public static readonly LocalText NoCurrent = new("chưa công bố lần nào", "never published");
    public static readonly LocalText Changes = new("So với bản đang công bố", "Against the published version");
    public static readonly LocalText Inserted = new("Thêm", "Added");
    public static readonly LocalText Updated = new("Sửa", "Changed");
    public static readonly LocalText Unchanged = new("Giữ nguyên", "Unchanged");
    public static readonly LocalText Removed = new("Bỏ", "Removed");
    public static readonly LocalText NoFiles = new("Tệp của phiên bản này không đọc được; không nên duyệt.", "The files of this version cannot be read; do not approve it.");
    public static readonly LocalText Approve = new("Duyệt", "Approve");
    public static readonly LocalText NewTime = new("Đổi giờ công bố", "Change the time");
    public static readonly LocalText NotBefore = new("Công bố không sớm hơn (bỏ trống: ngay khi được phép)", "Publish not before (empty: as soon as allowed)");
    public static readonly LocalText ContractSays = new("Hợp đồng không cho công bố trước", "The contract publishes nothing before");
    public static readonly LocalText Reject = new("Từ chối", "Turn down");
    public static readonly LocalText Reason = new("Lý do", "Reason");
    public static readonly LocalText Yours = new("Bạn là người yêu cầu phiên bản này, nên người khác phải quyết định.", "You asked for this version, so another person must decide.");
    public static readonly LocalText ApprovedFor = new("Đã duyệt, công bố lúc", "Approved, to be published at");
    public static readonly LocalText ApprovedNow = new("Đã duyệt, đang chờ tiến trình nạp công bố", "Approved, waiting for the worker to publish it");
    public static readonly LocalText Decided = new("Đã quyết định", "Decided");
    public static readonly LocalText DecidedBy = new("Người quyết định", "Decided by");
    public static readonly LocalText BadTime = new("Giờ công bố không đúng; ví dụ 2026-12-01T08:00.", "This is no time; write for example 2026-12-01T08:00.");
    public static readonly LocalText BadReason = new("Lý do là một dòng, 1 đến 500 ký tự.", "The reason is one line of 1 to 500 letters.");

    public static readonly LocalText Proposals = new("Đề xuất sửa hợp đồng", "Proposals");
    public static readonly LocalText ProposalsLead = new(
        "Nguồn có cột mới hoặc cột đổi tên. Hợp đồng nằm trong kho mã của danh mục, nên việc chấp nhận được làm bằng lệnh; từ chối được ngay tại đây.",
        "A source has a new column, or one with another name. Contracts live in the catalogue's repository, so accepting is a command; declining works here.");
    public static readonly LocalText NoProposals = new("Không có đề xuất nào đang mở.", "No proposal is open.");
    public static readonly LocalText AcceptBy = new("Chấp nhận bằng lệnh", "Accept by the command");
    public static readonly LocalText Found = new("Phát hiện", "Found");
    public static readonly LocalText Decline = new("Từ chối", "Decline");
    public static readonly LocalText Remark = new("Lưu ý", "Remark");
    public static readonly LocalText Overtaken = new("Hợp đồng đã khác; đề xuất này không đổi gì nữa.", "The contract says something else by now; this changes nothing any more.");

    public static LocalText Of(WaitingState state) => state switch
    {
        WaitingState.Waiting => new("Chờ quyết định", "Waits for a decision"),
        WaitingState.Approved => new("Đã duyệt", "Approved"),
        WaitingState.Releasing => new("Đang công bố", "Being published"),
        WaitingState.Published => new("Đã công bố", "Published"),
        WaitingState.Rejected => new("Bị từ chối", "Turned down"),
        WaitingState.Superseded => new("Đã có bản mới hơn", "Superseded"),
        _ => new("Tệp bị hỏng", "Damaged"),
    };

    public static LocalText Outcome(string outcome) => outcome switch
    {
        "passed" => new("đạt", "passed"),
        "quarantined" => new("giữ lại bản ghi", "records refused"),
        _ => new("cảnh báo", "warned"),
    };
}
