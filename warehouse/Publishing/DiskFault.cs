using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Publishing;

/// <summary>Pure: failures of the disk get a code of their own.</summary>
internal static class DiskFault
{
    private const int NoSpace = 28;

    /// <summary>The failure by its name; null when it has one already or is none of the disk's.</summary>
    internal static OpenDataException? Named(Exception failed)
    {
        var (isDisk, isFull) = failed switch
        {
            IOException io => (true, (io.HResult & 0xFFFF) == NoSpace || SaysFull(io.Message)),
            UnauthorizedAccessException => (true, false),
            OpenDataException { InnerException: IOException io } durable when durable.Code == EngineErrors.NotDurable => (true, SaysFull(io.Message)),
            OpenDataException { InnerException: EngineException engine } => (IsDiskFault(engine), SaysFull(engine.Message)),
            _ => (false, false),
        };
        if (!isDisk)
        {
            return null;
        }

        return isFull
            ? new OpenDataException(PublishingErrors.DiskFull, new LocalText(
                "Đĩa đầy khi ghi phiên bản; phiên bản trước được giữ nguyên.",
                "The disk filled up while the version was written; the last version stays."), inner: failed)
            : new OpenDataException(PublishingErrors.DiskFailed, new LocalText(
                "Lỗi đĩa khi ghi phiên bản; phiên bản trước được giữ nguyên.",
                "The disk failed while the version was written; the last version stays."), inner: failed);
    }

    private static bool IsDiskFault(EngineException engine)
        => engine.Kind.Equals("IO", StringComparison.OrdinalIgnoreCase) || SaysFull(engine.Message);

    private static bool SaysFull(string message) => message.Contains("No space left", StringComparison.OrdinalIgnoreCase);
}
