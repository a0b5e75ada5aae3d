using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Portal.Errors;

/// <summary>Outermost middleware: whatever fails below answers with a code, or breaks the connection when bytes are out already.</summary>
internal static class ErrorHandling
{
    /// <summary>Registers the rendering of last resort.</summary>
    public static IServiceCollection AddErrors(this IServiceCollection services)
        => services.AddSingleton<IErrorRenderer, ProblemRenderer>();

    /// <summary>Adds the middleware.</summary>
    public static IApplicationBuilder UseErrors(this IApplicationBuilder app) => app.Use(HandleAsync);

    /// <summary>Runs what follows; a failure becomes the answer.</summary>
    public static async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has left; nobody reads an answer.
            context.Abort();
            return;
        }
        catch (Exception exception)
        {
            await AnswerAsync(context, exception);
            return;
        }

        if (!context.Response.HasStarted && IsBare(context.Response) && ForStatus(context) is { } failure)
        {
            await ErrorResponses.WriteAsync(context, failure);
        }
    }

    private static async Task AnswerAsync(HttpContext context, Exception exception)
    {
        var face = ErrorResponses.PublicFace(exception);
        if (ErrorStatus.Of(face.Code) == StatusCodes.Status500InternalServerError || face.Code == PortalErrors.DamagedVersion)
        {
            Logger(context).LogError(exception, "Failure {Code} in request {RequestId}", face.Code, context.TraceIdentifier);
        }

        if (context.Response.HasStarted)
        {
            // A truncated body must never look whole: no final chunk, no clean end of stream.
            Logger(context).LogWarning("Request {RequestId} broken after the first byte: {Code}", context.TraceIdentifier, face.Code);
            context.Abort();
            return;
        }

        await ErrorResponses.WriteAsync(context, face);
    }

    private static bool IsBare(HttpResponse response)
        => response.StatusCode >= 400 && response.ContentLength is null && response.ContentType is null;

    private static OpenDataException? ForStatus(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => new OpenDataException(
            PortalErrors.NoSuchAddress,
            new LocalText("Không có gì ở địa chỉ này.", "There is nothing at this address.")),
        StatusCodes.Status405MethodNotAllowed => new OpenDataException(
            PortalErrors.MethodNotAllowed,
            new LocalText("Địa chỉ này không nhận phương thức đã dùng; xem Allow.", "This address does not take that method; see Allow.")),
        StatusCodes.Status406NotAcceptable => new OpenDataException(
            PortalErrors.NotAcceptable,
            new LocalText("Địa chỉ này không có định dạng mà yêu cầu chấp nhận.", "This address has none of the formats that the request accepts.")),
        StatusCodes.Status412PreconditionFailed => new OpenDataException(
            PortalErrors.ConditionFailed,
            new LocalText("Dữ liệu đã khác với điều kiện của yêu cầu.", "The data no longer meets the condition of the request.")),
        StatusCodes.Status416RangeNotSatisfiable => new OpenDataException(
            PortalErrors.RangeNotSatisfiable,
            new LocalText("Tệp không có khoảng byte đã hỏi; xem Content-Range.", "The file has no such bytes; see Content-Range.")),
        _ => new OpenDataException(
            PortalErrors.MalformedRequest,
            new LocalText("Không đọc được yêu cầu.", "The request cannot be read."),
            inner: new BadHttpRequestException("status", context.Response.StatusCode)),
    };

    private static ILogger Logger(HttpContext context)
        => context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("OpenData.Portal.Errors");
}
