using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData.Batch;

/// <summary>What may be wrong with a batch or one of its requests.</summary>
internal static class BatchFaults
{
    /// <summary>Requests in one batch at most.</summary>
    private const int RequestsMax = 100;

    /// <summary>The batch as a whole cannot be read.</summary>
    public static OpenDataException Malformed(string vi, string en, Exception? inner = null)
        => new(PortalErrors.MalformedBatch, new LocalText(vi, en), inner: inner);

    /// <summary>Fails when another request would be one too many, before it is looked at.</summary>
    public static void RequireRoom(IReadOnlyCollection<BatchRequest> read)
    {
        if (read.Count == RequestsMax)
        {
            throw WrongCount();
        }
    }

    /// <summary>The requests of a batch are answered one after another, each from what is current then; OData wants that said.</summary>
    public static void RefuseIsolation(HttpRequest batch)
    {
        foreach (var name in new[] { "Isolation", "OData-Isolation" })
        {
            if (batch.Headers[name].Any(value => value?.Trim().Equals("snapshot", StringComparison.OrdinalIgnoreCase) == true))
            {
                throw new OpenDataException(
                    PortalErrors.NoIsolation,
                    new LocalText(
                        "Các yêu cầu trong một lô có thể thấy những phiên bản khác nhau; hãy ghi asof ở từng yêu cầu.",
                        "The requests of a batch may see different versions; write asof in each."),
                    suggestion: "asof");
            }
        }
    }

    /// <summary>No request, or too many.</summary>
    public static OpenDataException WrongCount()
        => Malformed($"Một lô có từ 1 đến {RequestsMax} yêu cầu.", $"A batch has 1 to {RequestsMax} requests.");

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
