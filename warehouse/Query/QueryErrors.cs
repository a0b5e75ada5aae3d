using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Query;

/// <summary>Codes of requests that cannot be answered as asked, <c>OD12xx</c>. The portal gives each its HTTP status.</summary>
public static class QueryErrors
{
    /// <summary>An expression does not follow the grammar (400).</summary>
    public static readonly ErrorCode Malformed = new("OD1201", "Malformed expression", "Biểu thức sai cú pháp");

    /// <summary>A column that the dataset does not publish (400).</summary>
    public static readonly ErrorCode UnknownColumn = new("OD1202", "Unknown column", "Không có cột này");

    /// <summary>A function that the language does not have (400).</summary>
    public static readonly ErrorCode UnknownFunction = new("OD1203", "Unknown function", "Không có hàm này");

    /// <summary>Operands or arguments of types that do not go together (400).</summary>
    public static readonly ErrorCode WrongType = new("OD1204", "Types do not go together", "Kiểu dữ liệu không khớp");

    /// <summary>Part of OData that this service does not offer (501).</summary>
    public static readonly ErrorCode NotSupported = new("OD1205", "Not supported", "Chưa hỗ trợ");

    /// <summary>A query option that does not exist (400).</summary>
    public static readonly ErrorCode UnknownOption = new("OD1206", "Unknown query option", "Không có tham số này");

    /// <summary>A query option with a value that it cannot have (400).</summary>
    public static readonly ErrorCode MalformedOption = new("OD1207", "Malformed query option", "Giá trị tham số không hợp lệ");

    /// <summary>A query option given twice (400).</summary>
    public static readonly ErrorCode DuplicateOption = new("OD1208", "Query option given twice", "Tham số bị lặp");

    /// <summary>An expression over one of the limits of <see cref="QueryLimits"/> (400).</summary>
    public static readonly ErrorCode TooComplex = new("OD1209", "Query too complex", "Truy vấn quá phức tạp");

    /// <summary>A literal outside the range or precision of its type (400).</summary>
    public static readonly ErrorCode LiteralOutOfRange = new("OD1211", "Literal out of range", "Giá trị ngoài phạm vi");

    /// <summary>A calculation that overflowed on the data (400).</summary>
    public static readonly ErrorCode CalculationFailed = new("OD1212", "Calculation failed", "Phép tính không thực hiện được");

    /// <summary>A regular expression that RE2 does not accept (400).</summary>
    public static readonly ErrorCode BadPattern = new("OD1213", "Bad pattern", "Biểu thức chính quy không hợp lệ");

    /// <summary>A page token that we did not make, or not for this query (400).</summary>
    public static readonly ErrorCode BadPageToken = new("OD1214", "Bad page token", "Mã trang không hợp lệ");

    /// <summary>The version that a page token names is gone (410).</summary>
    public static readonly ErrorCode VersionGone = new("OD1215", "Version no longer kept", "Phiên bản không còn được lưu");

    /// <summary>An entity set or resource that does not exist (404).</summary>
    public static readonly ErrorCode UnknownResource = new("OD1216", "No such resource", "Không có tài nguyên này");

    /// <summary>No row has that key (404).</summary>
    public static readonly ErrorCode NoSuchRow = new("OD1217", "No such row", "Không có bản ghi này");

    /// <summary>A key that does not fit the dataset's key columns (400).</summary>
    public static readonly ErrorCode BadKey = new("OD1218", "Bad key", "Khóa không hợp lệ");

    /// <summary>A version that never existed, or an instant before the first version (404).</summary>
    public static readonly ErrorCode UnknownVersion = new("OD1219", "No such version", "Không có phiên bản này");

    /// <summary>A parameter alias without a use, or one that leads to itself (400).</summary>
    public static readonly ErrorCode BadAlias = new("OD1220", "Bad parameter alias", "Bí danh tham số không hợp lệ");

    /// <summary>An ordering of more rows than can be paged (413).</summary>
    public static readonly ErrorCode OrderTooLarge = new("OD1221", "Too many rows to page in this order", "Quá nhiều dòng để phân trang theo thứ tự này");

    /// <summary>A representation that nobody here can write (406).</summary>
    public static readonly ErrorCode NotAcceptable = new("OD1222", "Format not available", "Không có định dạng này");

    /// <summary>An OData version or preference header that cannot be understood (400).</summary>
    public static readonly ErrorCode BadProtocolHeader = new("OD1223", "Header not understood", "Tiêu đề yêu cầu không hợp lệ");

    /// <summary>The name of a computed column is none, or is taken.</summary>
    public static readonly ErrorCode BadComputedName = new("OD1224", "Bad name of a computed column", "Tên cột tính toán không hợp lệ");

    internal static OpenDataException At(ErrorCode code, int position, string en, string vi, string? suggestion = null)
        => new(code, new LocalText(vi, en), position, suggestion);

    internal static OpenDataException Of(ErrorCode code, string en, string vi, string? suggestion = null)
        => new(code, new LocalText(vi, en), null, suggestion);
}
