using OpenData.Catalogs.Errors;

namespace OpenData.Portal.Errors;

/// <summary>Codes of failures that the web process itself finds.</summary>
public static class PortalErrors
{
    /// <summary>Something broke that nobody foresaw; the log has it under the request id.</summary>
    public static readonly ErrorCode Unexpected = new("OD9000", "Unexpected failure", "Lỗi ngoài dự kiến");

    /// <summary>The queue of a lane is full.</summary>
    public static readonly ErrorCode Overloaded = new("OD9020", "Too many queries at once", "Quá nhiều truy vấn cùng lúc");

    /// <summary>The portal has not read its first published data yet.</summary>
    public static readonly ErrorCode NotReady = new("OD9021", "Not ready yet", "Chưa sẵn sàng");

    /// <summary>The address is longer than the limit.</summary>
    public static readonly ErrorCode AddressTooLong = new("OD9022", "Address too long", "Địa chỉ quá dài");

    /// <summary>The address exists, the method does not.</summary>
    public static readonly ErrorCode MethodNotAllowed = new("OD9023", "Method not allowed", "Không hỗ trợ phương thức này");

    /// <summary>No such address.</summary>
    public static readonly ErrorCode NoSuchAddress = new("OD9024", "No such address", "Không có địa chỉ này");

    /// <summary>The request is not valid HTTP, or its body cannot be taken.</summary>
    public static readonly ErrorCode MalformedRequest = new("OD9025", "Malformed request", "Yêu cầu sai định dạng");

    /// <summary>None of the media types the caller accepts is offered.</summary>
    public static readonly ErrorCode NotAcceptable = new("OD9026", "No acceptable format", "Không có định dạng được chấp nhận");

    /// <summary>A query parameter has a value that cannot be used.</summary>
    public static readonly ErrorCode InvalidParameter = new("OD9027", "Invalid parameter", "Tham số không hợp lệ");

    /// <summary>The caller asked for bytes that the file does not have.</summary>
    public static readonly ErrorCode RangeNotSatisfiable = new("OD9028", "Range not satisfiable", "Khoảng byte không hợp lệ");

    /// <summary>A condition of the request (If-Match, If-Unmodified-Since) does not hold.</summary>
    public static readonly ErrorCode ConditionFailed = new("OD9029", "Condition failed", "Điều kiện không thoả");

    /// <summary>No open dataset has that id.</summary>
    public static readonly ErrorCode UnknownDataset = new("OD9030", "Unknown dataset", "Không có bộ dữ liệu này");

    /// <summary>The dataset never had that version.</summary>
    public static readonly ErrorCode UnknownVersion = new("OD9031", "Unknown version", "Không có phiên bản này");

    /// <summary>The version was published once and has been collected since.</summary>
    public static readonly ErrorCode CollectedVersion = new("OD9032", "Version no longer kept", "Phiên bản không còn lưu");

    /// <summary>The dataset does not come in that format.</summary>
    public static readonly ErrorCode FormatNotOffered = new("OD9033", "Format not offered", "Không cung cấp định dạng này");

    /// <summary>No run of an open dataset has that id.</summary>
    public static readonly ErrorCode UnknownRun = new("OD9034", "Unknown run", "Không có lần chạy này");

    /// <summary>A stored file of the version is damaged on disk.</summary>
    public static readonly ErrorCode DamagedVersion = new("OD9035", "Damaged version", "Phiên bản bị hỏng");

    /// <summary>A <c>$batch</c> that cannot be read as a whole.</summary>
    public static readonly ErrorCode MalformedBatch = new("OD9036", "Malformed batch", "Lô yêu cầu sai định dạng");

    /// <summary>One answer of a <c>$batch</c> outgrew what is held in memory.</summary>
    public static readonly ErrorCode BatchAnswerTooLarge = new("OD9037", "Answer too large for a batch", "Câu trả lời quá lớn cho một lô");

    /// <summary>A request of a <c>$batch</c> on which this one depends has failed.</summary>
    public static readonly ErrorCode DependencyFailed = new("OD9038", "Failed dependency", "Yêu cầu phụ thuộc thất bại");

    /// <summary>No scoring framework has that id.</summary>
    public static readonly ErrorCode UnknownFramework = new("OD9039", "Unknown scoring framework", "Không có bộ chỉ số này");

    /// <summary>No published round has that id.</summary>
    public static readonly ErrorCode UnknownRound = new("OD9042", "Unknown round", "Không có đợt đánh giá này");

    /// <summary>The published round has no such unit.</summary>
    public static readonly ErrorCode UnknownRoundUnit = new("OD9043", "Unknown unit of the round", "Đợt đánh giá không có đơn vị này");

    /// <summary>The published inputs of a round do not give its published scores again.</summary>
    public static readonly ErrorCode NotTellable = new("OD9044", "Cannot be scored again", "Không tính lại được");

    /// <summary>A batch asks for one moment for all its requests.</summary>
    public static readonly ErrorCode NoIsolation = new("OD9048", "No isolation for batches", "Lô yêu cầu không có tính cô lập");
}
