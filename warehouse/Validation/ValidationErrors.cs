using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Validation;

/// <summary>Codes of failures of validation; each leaves the last version as it is.</summary>
public static class ValidationErrors
{
    /// <summary>An expectation with <c>on_fail: block</c> failed; the detail names the rule.</summary>
    public static readonly ErrorCode ExpectationFailed = new("OD2201", "An expectation failed and blocks publishing", "Một kỳ vọng không đạt và chặn công bố");

    /// <summary>A rule of the contract cannot be evaluated on these rows.</summary>
    public static readonly ErrorCode RuleFailed = new("OD2202", "A rule cannot be evaluated", "Không tính được một quy tắc");

    /// <summary>A dataset that a rule looks into has no published version yet.</summary>
    public static readonly ErrorCode ParentMissing = new("OD2203", "Waiting for another dataset", "Đang chờ tập dữ liệu khác");

    /// <summary>The input of a <c>replace</c> dataset holds no usable row.</summary>
    public static readonly ErrorCode NothingLeft = new("OD2204", "The input holds no usable row", "Dữ liệu vào không có dòng nào dùng được");

    /// <summary>The disclosure rule cannot be applied.</summary>
    public static readonly ErrorCode SuppressionFailed = new("OD2205", "The disclosure rule cannot be applied", "Không áp dụng được quy tắc bảo mật thống kê");

    /// <summary>Received records and their outcomes do not add up.</summary>
    public static readonly ErrorCode CountsDiffer = new("OD2206", "Counts of records do not add up", "Số lượng bản ghi không khớp");
}
