namespace OpenData.Catalogs.Errors;

/// <summary>Codes of mistakes in catalogue files (10xx); docs/errors.md says of each what to do.</summary>
public static class CatalogErrors
{
    /// <summary>A catalogue file is missing, too large or not UTF-8 text.</summary>
    public static readonly ErrorCode Unreadable = new("OD1001", "Catalogue file cannot be read", "Không đọc được tệp danh mục");

    /// <summary>A file is not the plain YAML that catalogues use.</summary>
    public static readonly ErrorCode NotYaml = new("OD1002", "Not valid YAML", "YAML không hợp lệ");

    /// <summary>A field that no contract has.</summary>
    public static readonly ErrorCode UnknownField = new("OD1003", "Unknown field", "Trường không được biết");

    /// <summary>A field that must be there is not.</summary>
    public static readonly ErrorCode MissingField = new("OD1004", "Missing field", "Thiếu trường bắt buộc");

    /// <summary>A list, a map or a text stands where another is due.</summary>
    public static readonly ErrorCode WrongShape = new("OD1005", "Wrong shape of a field", "Sai cấu trúc của trường");

    /// <summary>A value that the field does not take.</summary>
    public static readonly ErrorCode BadValue = new("OD1006", "Invalid value of a field", "Giá trị của trường không hợp lệ");

    /// <summary>A column type that does not exist.</summary>
    public static readonly ErrorCode BadColumnType = new("OD1007", "Invalid column type", "Kiểu dữ liệu của cột không hợp lệ");

    /// <summary>A name that stands twice.</summary>
    public static readonly ErrorCode Duplicate = new("OD1008", "Name used twice", "Tên bị trùng");

    /// <summary>A name of a column that the contract does not have.</summary>
    public static readonly ErrorCode UnknownColumn = new("OD1009", "Unknown column", "Cột không được biết");

    /// <summary>A personal column is used where only public columns may stand.</summary>
    public static readonly ErrorCode PersonalColumn = new("OD1010", "Personal column used", "Sử dụng cột dữ liệu cá nhân");

    /// <summary>A publisher, theme, licence, dataset or file that is referred to does not exist.</summary>
    public static readonly ErrorCode UnknownTarget = new("OD1011", "Reference to nothing", "Tham chiếu không tồn tại");

    /// <summary>Datasets that wait for each other.</summary>
    public static readonly ErrorCode Cycle = new("OD1012", "Cycle of datasets", "Các tập dữ liệu phụ thuộc vòng tròn");

    /// <summary>What is published would disclose what is not.</summary>
    public static readonly ErrorCode Disclosure = new("OD1013", "Disclosure", "Nguy cơ lộ dữ liệu không được công bố");

    /// <summary>A secret, or a placeholder where none may stand.</summary>
    public static readonly ErrorCode SecretOrPlaceholder = new(
        "OD1014", "Secret or misplaced placeholder", "Lộ bí mật hoặc đặt sai chỗ tham số");

    /// <summary>A dataset stops because another that it needs was refused.</summary>
    public static readonly ErrorCode NeedsRefused = new(
        "OD1015", "Depends on a refused contract", "Phụ thuộc vào hợp đồng dữ liệu bị từ chối");

    /// <summary>Fields that do not fit each other.</summary>
    public static readonly ErrorCode Contradiction = new("OD1016", "Contradicting fields", "Các trường mâu thuẫn nhau");

    /// <summary>The file is not named after its dataset.</summary>
    public static readonly ErrorCode FileName = new("OD1017", "Wrong file name", "Tên tệp không đúng");

    /// <summary>A contract counts working days and the catalogue has no holidays.yaml.</summary>
    public static readonly ErrorCode NoHolidays = new("OD1060", "No holidays to count working days by", "Thiếu lịch nghỉ lễ để tính ngày làm việc");
}
