using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData.Batch;

/// <summary>What may be wrong with a batch or one of its requests.</summary>
internal static class BatchFaults
{
    /// <summary>The batch as a whole cannot be read.</summary>
    public static OpenDataException Malformed(string vi, string en, Exception? inner = null)
        => new(PortalErrors.MalformedBatch, new LocalText(vi, en), inner: inner);

    /// <summary>Two requests of one id: nobody could tell their answers apart.</summary>
    public static OpenDataException SameId(string id)
    {
        var shown = id.Length > 60 ? id[..60] + "…" : id;
        return Malformed($"Hai yêu cầu cùng có id {shown}.", $"Two requests have the id {shown}.");
    }

    /// <summary>The service reads only.</summary>
    public static OpenDataException ChangesRefused() => new(
        QueryErrors.NotSupported,
        new LocalText("Dịch vụ chỉ đọc: không nhận nhóm thay đổi.", "This service only reads: it takes no change sets or atomicity groups."));
}
