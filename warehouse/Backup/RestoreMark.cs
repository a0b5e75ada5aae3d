using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Backup;

/// <summary>Says of a data folder that a restore into it has begun and not ended.</summary>
public static class RestoreMark
{
    /// <summary>Path of the mark.</summary>
    internal static string PathIn(string dataFolder) => Path.Combine(dataFolder, "restore.unfinished");

    /// <summary>Refuses a data folder that is half restored.</summary>
    /// <exception cref="OpenDataException">OD2334.</exception>
    public static void RequireNone(string dataFolder)
    {
        if (File.Exists(PathIn(dataFolder)))
        {
            throw new OpenDataException(BackupErrors.Unfinished, new LocalText(
                "Thư mục dữ liệu mới khôi phục được một phần; hãy chạy lại lệnh restore.",
                "The data folder is restored in part only; give the command restore again."));
        }
    }
}
