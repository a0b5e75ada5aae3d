using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Export;

/// <summary>Codes of failures while values are written out.</summary>
public static class ExportErrors
{
    /// <summary>A stored geometry cannot be written.</summary>
    public static readonly ErrorCode BrokenGeometry = new("OD1301", "Stored geometry cannot be read", "Không đọc được hình học đã lưu");

    /// <summary>A column of the result is not what the contract says.</summary>
    public static readonly ErrorCode ColumnMismatch = new("OD1302", "Result does not match the contract", "Kết quả không khớp hợp đồng dữ liệu");

    /// <summary>A value contradicts the range of its column by which a workbook's cells were decided.</summary>
    public static readonly ErrorCode ValueOutsideRange = new("OD1321", "Value outside of the recorded range", "Giá trị nằm ngoài khoảng đã ghi");
}
