using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>Failures of a whole input. Nothing is published after one; the last good version stays.</summary>
public static class StagingErrors
{
    /// <summary>The input has no bytes, or only blank lines.</summary>
    public static readonly ErrorCode EmptyFile = new("OD2101", "The file is empty", "Tệp rỗng");

    /// <summary>A web page (a login or error page) came instead of data.</summary>
    public static readonly ErrorCode WebPage = new("OD2102", "A web page came instead of data", "Nhận được trang web thay vì dữ liệu");

    /// <summary>A byte does not belong to the declared encoding, or the text is plainly in another one.</summary>
    public static readonly ErrorCode WrongEncoding = new("OD2103", "The text is not in the declared encoding", "Văn bản không đúng bảng mã đã khai báo");

    /// <summary>A NUL byte in a text file: it is binary, cut or padded.</summary>
    public static readonly ErrorCode NulByte = new("OD2104", "A NUL byte stands in a text file", "Tệp văn bản chứa byte NUL");

    /// <summary>The header, or the records, lack a column of the contract.</summary>
    public static readonly ErrorCode MissingColumn = new("OD2105", "A column of the contract is missing", "Thiếu cột theo hợp đồng dữ liệu");

    /// <summary>Two columns of the header have one name, or the header cannot be read.</summary>
    public static readonly ErrorCode BadHeader = new("OD2106", "The header cannot be used", "Dòng tiêu đề không dùng được");

    /// <summary>A column that the contract does not know, where the contract says <c>new_column: block</c>.</summary>
    public static readonly ErrorCode NewColumn = new("OD2107", "A new column is refused by the contract", "Hợp đồng không cho phép cột mới");

    /// <summary>The input ends inside a quoted field or a JSON value.</summary>
    public static readonly ErrorCode Truncated = new("OD2108", "The file is cut off", "Tệp bị cắt cụt");

    /// <summary>A record, a header or a nesting beyond the documented bounds.</summary>
    public static readonly ErrorCode TooLarge = new("OD2109", "A record exceeds the bounds", "Bản ghi vượt quá giới hạn");

    /// <summary>Our reader and the independent counter do not agree on the number of records.</summary>
    public static readonly ErrorCode CountDiffers = new("OD2110", "The independent count differs", "Số bản ghi đếm độc lập không khớp");

    /// <summary>The bytes are not JSON.</summary>
    public static readonly ErrorCode MalformedJson = new("OD2111", "The JSON is malformed", "JSON sai cú pháp");

    /// <summary>The records are not where the contract says.</summary>
    public static readonly ErrorCode NoRecords = new("OD2112", "The records are not where the contract says", "Không thấy bản ghi ở vị trí hợp đồng nêu");

    /// <summary>The bytes are not a workbook, or it is damaged.</summary>
    public static readonly ErrorCode BadWorkbook = new("OD2113", "The workbook cannot be read", "Không đọc được bảng tính");

    /// <summary>A workbook that unpacks beyond the bounds.</summary>
    public static readonly ErrorCode WorkbookTooLarge = new("OD2114", "The workbook exceeds the bounds", "Bảng tính vượt quá giới hạn");

    /// <summary>The workbook has no sheet of the contract's name.</summary>
    public static readonly ErrorCode NoSheet = new("OD2115", "The sheet is missing", "Thiếu trang tính");

    /// <summary>The contract asks for something that cannot be read, for example an unknown date format.</summary>
    public static readonly ErrorCode ContractUnusable = new("OD2116", "The contract cannot be used for reading", "Không thể đọc theo hợp đồng này");

    /// <summary>A value of another type, where the contract says <c>type: block</c>.</summary>
    public static readonly ErrorCode TypeDrift = new("OD2117", "A value of another type is refused by the contract", "Hợp đồng không cho phép giá trị khác kiểu");

    /// <summary>A landed file is gone or its bytes changed.</summary>
    public static readonly ErrorCode LandingDamaged = new("OD2118", "The landed file is missing or damaged", "Tệp đã tiếp nhận bị thiếu hoặc hỏng");

    /// <summary>The source kind has no reader.</summary>
    public static readonly ErrorCode UnknownKind = new("OD2119", "The source kind has no reader", "Loại nguồn chưa có bộ đọc");

    /// <summary>A gzip or ZIP file that is cut off, or whose checksum or length is not the declared one.</summary>
    public static readonly ErrorCode PackedDamaged = new("OD2120", "The packed file is damaged", "Tệp nén bị hỏng");

    /// <summary>A gzip or ZIP file that unpacks beyond the bounds.</summary>
    public static readonly ErrorCode PackedTooLarge = new("OD2121", "The packed file exceeds the bounds", "Tệp nén vượt quá giới hạn");

    /// <summary>A ZIP of several files or with a password, or a packed file inside a packed one.</summary>
    public static readonly ErrorCode PackedRefused = new("OD2122", "The packed file is not one plain file", "Tệp nén không phải một tệp thường");

    /// <summary>Coordinates in a system of metres, or a coordinate system other than WGS 84 is declared.</summary>
    public static readonly ErrorCode OtherCoordinates = new("OD2123", "The coordinates are not WGS 84", "Tọa độ không thuộc hệ WGS 84");

    /// <summary>Every geometry has latitude before longitude.</summary>
    public static readonly ErrorCode AxisOrder = new("OD2124", "Latitude stands before longitude", "Vĩ độ đứng trước kinh độ");
}
