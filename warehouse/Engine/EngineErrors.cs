using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Engine;

/// <summary>Failures of the engine and of the disk below it.</summary>
public static class EngineErrors
{
    /// <summary>libduckdb is missing or of another version than the bindings were written for.</summary>
    public static readonly ErrorCode WrongLibrary =
        new("OD9001", "The database library is missing or of another version", "Thư viện cơ sở dữ liệu thiếu hoặc sai phiên bản");

    /// <summary>The query worked longer than the engine's timeout and was stopped.</summary>
    public static readonly ErrorCode QueryTimeout =
        new("OD9002", "The query took too long", "Truy vấn chạy quá lâu");

    /// <summary>The disk did not confirm that bytes are safe.</summary>
    public static readonly ErrorCode NotDurable =
        new("OD9003", "The disk did not confirm a write", "Ổ đĩa không xác nhận việc ghi");

    /// <summary>DuckDB refused or failed a statement; the cause is in the log.</summary>
    public static readonly ErrorCode QueryFailed =
        new("OD9004", "The query failed in the engine", "Truy vấn thất bại trong bộ máy dữ liệu");

    /// <summary>The query needs more memory than the engine may use.</summary>
    public static readonly ErrorCode OutOfMemory =
        new("OD9005", "The query needs more memory than allowed", "Truy vấn cần nhiều bộ nhớ hơn mức cho phép");

    /// <summary>An option of the engine is outside its range.</summary>
    public static readonly ErrorCode BadOption =
        new("OD9006", "An engine option is outside its range", "Một tuỳ chọn của bộ máy nằm ngoài phạm vi");
}
