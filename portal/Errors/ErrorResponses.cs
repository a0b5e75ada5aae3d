using Microsoft.Net.Http.Headers;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Portal.Errors;

/// <summary>Turns failures into answers, once for all routes; how a body looks is the renderer's affair.</summary>
internal static class ErrorResponses
{
    /// <summary>What a caller may know of an exception: ours as it is, HTTP's own as a malformed request, anything else as OD9000.</summary>
    public static OpenDataException PublicFace(Exception exception) => exception switch
    {
        OpenDataException known when ErrorStatus.Knows(known.Code) => known,
        BadHttpRequestException => new OpenDataException(
            PortalErrors.MalformedRequest,
            new LocalText("Yêu cầu không phải HTTP hợp lệ, hoặc nội dung không nhận được.", "The request is not valid HTTP, or its body cannot be taken."),
            inner: exception),
        _ => new OpenDataException(
            PortalErrors.Unexpected,
            new LocalText(
                "Máy chủ gặp lỗi ngoài dự kiến. Lỗi đã được ghi lại theo mã yêu cầu.",
                "The server met a failure that nobody foresaw. It is in the log under the request id."),
            inner: exception),
    };

    /// <summary>Answers with the failure in the form of the route's family. The response must not have started.</summary>
    public static async Task WriteAsync(HttpContext context, OpenDataException exception)
    {
        var renderer = context.RequestServices.GetServices<IErrorRenderer>().Last(r => r.Renders(context.Request.Path));
        var error = View(context, exception, renderer.LanguageOf(context.Request));
        var response = context.Response;
        var allow = response.Headers.Allow;
        response.Headers.Remove(HeaderNames.ETag);
        response.Headers.Remove(HeaderNames.LastModified);
        response.Headers.Remove(HeaderNames.ContentEncoding);
        response.Headers.Remove(HeaderNames.ContentDisposition);
        response.ContentLength = null;
        response.StatusCode = error.Status;
        response.Headers.Allow = allow;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentLanguage = error.Language;
        response.Headers.Append(HeaderNames.Vary, "Accept-Language");
        if (error.Status is StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "2";
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        await renderer.WriteAsync(context, error);
    }

    private static ErrorView View(HttpContext context, OpenDataException exception, string language)
    {
        var status = exception.InnerException is BadHttpRequestException bad ? bad.StatusCode : ErrorStatus.Of(exception.Code);
        return new ErrorView(
            exception.Code,
            status,
            exception.Code.Title.For(language),
            exception.Detail.For(language),
            exception.Position,
            exception.Text,
            exception.Suggestion,
            context.TraceIdentifier,
            language);
    }
}
