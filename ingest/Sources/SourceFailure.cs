using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Ingest.Sources;

/// <summary>Makes the exceptions of this room; what may pass by itself is wrapped as <see cref="TransientSourceException"/>.</summary>
internal static class SourceFailure
{
    internal static OpenDataException Of(ErrorCode code, string vi, string en, Exception? inner = null)
        => new(code, new LocalText(vi, en), inner: inner);

    internal static TransientSourceException Transient(ErrorCode code, string vi, string en, Exception? inner = null, TimeSpan? retryAfter = null)
        => new(Of(code, vi, en, inner), retryAfter);

    internal static TransientSourceException TooSlow(TimeSpan limit, Exception? inner = null)
    {
        var seconds = limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        return Transient(
            SourceErrors.TooSlow,
            $"Nguồn không gửi dữ liệu trong {seconds} giây.",
            $"The source sent nothing for {seconds} seconds.",
            inner);
    }

    internal static OpenDataException TooLarge(long bytesMax)
    {
        var limit = bytesMax.ToString(CultureInfo.InvariantCulture);
        return Of(SourceErrors.TooLarge, $"Dữ liệu lớn hơn giới hạn {limit} byte.", $"The body is larger than the limit of {limit} bytes.");
    }

    internal static OpenDataException Html() => Of(
        SourceErrors.HtmlInsteadOfData,
        "Nguồn trả về một trang HTML (thường là trang đăng nhập) thay vì dữ liệu.",
        "The source answered with an HTML page (usually a login page) instead of data.");
}
