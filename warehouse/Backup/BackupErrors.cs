using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Backup;

/// <summary>Why a backup is not made, is not complete, or is not restored.</summary>
public static class BackupErrors
{
    /// <summary>Something in the data folder is damaged, so the backup does without it.</summary>
    public static readonly ErrorCode LeftOut = new("OD2330", "Damaged at the source, not in the backup", "Bị hỏng tại nguồn nên không có trong bản sao lưu");

    /// <summary>The folder holds no finished backup, or a file of it is not as it was written.</summary>
    public static readonly ErrorCode NotWhole = new("OD2331", "The backup is not whole", "Bản sao lưu không nguyên vẹn");

    /// <summary>The folder to write to holds something else.</summary>
    public static readonly ErrorCode NotEmpty = new("OD2332", "The folder is not empty", "Thư mục không trống");

    /// <summary>The state in the backup is of another kind of database, or of a newer program.</summary>
    public static readonly ErrorCode OtherState = new("OD2333", "The state does not fit this database", "Trạng thái không hợp với cơ sở dữ liệu này");

    /// <summary>A restore was broken off; the data folder is not complete.</summary>
    public static readonly ErrorCode Unfinished = new("OD2334", "A restore has not ended", "Việc khôi phục chưa kết thúc");

    /// <summary>The disk or the rights stand in the way.</summary>
    public static readonly ErrorCode Unreachable = new("OD2335", "A file or folder cannot be read or written", "Không đọc hoặc ghi được tệp hay thư mục");

    /// <summary>Another backup writes to the folder.</summary>
    public static readonly ErrorCode Busy = new("OD2336", "Another backup is at work in this folder", "Một lần sao lưu khác đang ghi vào thư mục này");
}
