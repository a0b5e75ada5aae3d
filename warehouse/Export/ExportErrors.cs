using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Export;

/// <summary>Codes of failures while values are written out.</summary>
public static class ExportErrors
{
    /// <summary>A stored geometry cannot be written.</summary>
    public static readonly ErrorCode BrokenGeometry = new("OD1301", "Stored geometry cannot be read", "Không đọc được hình học đã lưu");

    /// <summary>A column of the result is not what the contract says.</summary>
    public static readonly ErrorCode ColumnMismatch = new("OD1302", "Result does not match the contract", "Kết quả không khớp hợp đồng dữ liệu");

    /// <summary>A day before year 0 or after year 9999: no text format can say it.</summary>
    public static readonly ErrorCode DayOutsideCalendar = new("OD1303", "Day outside of the calendar", "Ngày ngoài phạm vi lịch");

    /// <summary>A file that must be whole before it can be sent grew beyond the limit.</summary>
    public static readonly ErrorCode SpillTooLarge = new("OD1310", "The file would be too large", "Tệp quá lớn");

    /// <summary>A column whose values the contract lists holds far more different ones than an Arrow dictionary takes.</summary>
    public static readonly ErrorCode TooManyValues = new("OD1311", "Too many different values for this format", "Quá nhiều giá trị khác nhau cho định dạng này");

    /// <summary>A value contradicts the range of its column by which a workbook's cells were decided.</summary>
    public static readonly ErrorCode ValueOutsideRange = new("OD1321", "Value outside of the recorded range", "Giá trị nằm ngoài khoảng đã ghi");
}
