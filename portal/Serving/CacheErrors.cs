using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Portal.Serving;

/// <summary>Codes of failures of the file cache.</summary>
public static class CacheErrors
{
    /// <summary>The file is larger than half of the cache, or the files being made leave no room for it.</summary>
    public static readonly ErrorCode LargerThanCache = new("OD9040", "Larger than the portal keeps", "Lớn hơn mức cổng lưu tạm");

    /// <summary>The folder of the cache cannot be written.</summary>
    public static readonly ErrorCode Unavailable = new("OD9041", "Cache cannot be written", "Không ghi được vùng lưu tạm");

    internal static OpenDataException TooLarge() => new(LargerThanCache, new LocalText(
        "Kết quả này lớn hơn phần đĩa mà cổng dành để lưu tạm; hãy lấy phần nhỏ hơn.",
        "This answer is larger than the disk space that the portal sets aside for it; ask for less."));

    internal static OpenDataException Failed(Exception cause) => new(
        Unavailable,
        new LocalText(
            "Cổng chưa ghi được tệp tạm cho kết quả này; thử lại sau ít phút.",
            "The portal could not write the file for this answer; try again in a few minutes."),
        inner: cause);
}
