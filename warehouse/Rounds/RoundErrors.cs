using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Rounds;

/// <summary>Failures of assessment rounds.</summary>
public static class RoundErrors
{
    /// <summary>No round has that id.</summary>
    public static readonly ErrorCode UnknownRound = new("OD3001", "Unknown round", "Không có đợt đánh giá này");

    /// <summary>The round has no such unit, or the framework no such component or input.</summary>
    public static readonly ErrorCode UnknownPart = new("OD3002", "Unknown unit, component or input", "Không có đơn vị, thành phần hoặc đầu vào này");

    /// <summary>The round cannot be opened as it was described.</summary>
    public static readonly ErrorCode BadRound = new("OD3003", "Round cannot be opened", "Không mở được đợt đánh giá");

    /// <summary>A round of that id exists.</summary>
    public static readonly ErrorCode RoundExists = new("OD3004", "Round exists", "Đã có đợt đánh giá này");

    /// <summary>The framework differs from the one that an earlier round froze under the same version.</summary>
    public static readonly ErrorCode FrozenFramework = new("OD3005", "A frozen framework cannot change", "Bộ chỉ số đã chốt không được thay đổi");

    /// <summary>The stage of the unit does not let this be done.</summary>
    public static readonly ErrorCode WrongStage = new("OD3006", "Not at this stage", "Không thực hiện được ở bước này");

    /// <summary>The role does not let this be done, or not to this unit.</summary>
    public static readonly ErrorCode WrongRole = new("OD3007", "Not in this role", "Vai trò này không được thực hiện");

    /// <summary>Who answered for a unit cannot judge it.</summary>
    public static readonly ErrorCode OwnUnit = new("OD3008", "Nobody judges what is their own", "Không ai được thẩm định bài của chính mình");

    /// <summary>Somebody else changed the answer meanwhile.</summary>
    public static readonly ErrorCode Stale = new("OD3009", "Changed by somebody else", "Người khác vừa thay đổi");

    /// <summary>A sentence with the reason is asked for.</summary>
    public static readonly ErrorCode NoReason = new("OD3010", "Reason missing", "Thiếu lý do");

    /// <summary>The answer does not fit the component's formula.</summary>
    public static readonly ErrorCode BadAnswer = new("OD3011", "Answer cannot be used", "Câu trả lời không dùng được");

    /// <summary>The time for it has not come or is over.</summary>
    public static readonly ErrorCode OutOfTime = new("OD3012", "Not at this time", "Không đúng thời hạn");

    /// <summary>A unit is not ready to be published.</summary>
    public static readonly ErrorCode NotReady = new("OD3013", "Round is not ready to be published", "Đợt đánh giá chưa sẵn sàng công bố");

    /// <summary>An automatic input cannot be computed from what is published.</summary>
    public static readonly ErrorCode NotComputable = new("OD3014", "Automatic input cannot be computed", "Không tính được đầu vào tự động");

    /// <summary>The file of units or answers has mistakes.</summary>
    public static readonly ErrorCode BadFile = new("OD3015", "File cannot be used", "Không dùng được tệp");

    /// <summary>The evidence has no such file or is not of this round and unit.</summary>
    public static readonly ErrorCode BadEvidence = new("OD3016", "Evidence cannot be used", "Không dùng được tài liệu kiểm chứng");

    /// <summary>An answer has not been verified since it was given.</summary>
    public static readonly ErrorCode NotVerified = new("OD3017", "Answers are not all verified", "Còn câu trả lời chưa thẩm định");
}
