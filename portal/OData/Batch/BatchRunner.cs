using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;

namespace OpenData.Portal.OData.Batch;

/// <summary>Answers a batch: its requests one after another, each as if it had come alone, each answer whole in memory before it goes out.</summary>
internal static class BatchRunner
{
    private const int AnswerBytesMax = 4 * 1024 * 1024;

    /// <summary>What a request takes over from the batch where it says nothing itself.</summary>
    private static readonly string[] Inherited = [HeaderNames.AcceptLanguage, "OData-Version", "OData-MaxVersion"];

    /// <summary>What a request may say for itself; who it comes from and where it goes is the batch's to say.</summary>
    private static readonly string[] Heard =
    [
        .. Inherited, HeaderNames.Accept, HeaderNames.IfMatch, HeaderNames.IfNoneMatch, HeaderNames.IfModifiedSince, HeaderNames.IfUnmodifiedSince, "Prefer",
    ];

    /// <summary>Answers the batch of the request.</summary>
    /// <param name="context">The request that holds the batch.</param>
    /// <param name="root">Absolute address of the service.</param>
    /// <param name="answerAsync">Answers one request.</param>
    /// <exception cref="OpenDataException">OD9036 for a batch that cannot be read, OD9048 for one that wants one moment.</exception>
    public static async Task AnswerAsync(HttpContext context, string root, RequestDelegate answerAsync)
    {
        var version = ODataFormat.Plain(context.Request).Version;
        BatchFaults.RefuseIsolation(context.Request);
        var requests = await FormOf(context.Request.ContentType, version, context.TraceIdentifier).ReadAsync(context.Request);
        if (requests.Count == 0)
        {
            throw BatchFaults.WrongCount();
        }

        // The answer has the form of the batch, unless the caller wants the other one. 4.0 knows multipart only, and some of its clients
        // send with the batch what they accept of its parts.
        var accepted = AcceptedType(context.Request);
        var isOf40 = version == "4.0" && context.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;
        var form = FormOf((isOf40 ? null : accepted) ?? context.Request.ContentType, version, context.TraceIdentifier);
        var goesOn = Preferences.Of(context.Request).ContinuesOnError;
        var response = context.Response;
        response.ContentType = form.ContentType;
        response.Headers["OData-Version"] = version;
        response.Headers.CacheControl = "no-store";
        if (goesOn)
        {
            response.Headers["Preference-Applied"] = version == "4.0" ? "odata.continue-on-error" : "continue-on-error";
        }

        await response.Body.WriteAsync(form.Begin(), context.RequestAborted);
        var failed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var request in requests)
        {
            var refusal = request.DependsOn.Any(failed.Contains) ? DependencyFailed() : request.Refusal;
            var answer = await RunAsync(context, request with { Refusal = refusal }, root, answerAsync);
            await response.Body.WriteAsync(form.Part(answer), context.RequestAborted);
            if (answer.Succeeded)
            {
                continue;
            }

            failed.Add(request.Id);
            if (!goesOn)
            {
                break;
            }
        }

        await response.Body.WriteAsync(form.End(), context.RequestAborted);
    }

    private static IBatchForm FormOf(string? contentType, string version, string requestId)
    {
        var type = MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed : null;
        return type?.MediaType.Value?.ToUpperInvariant() switch
        {
            "APPLICATION/JSON" => new JsonBatch(version),
            "MULTIPART/MIXED" => new MultipartBatch(HeaderUtilities.RemoveQuotes(type.Boundary).Value, requestId),
            _ => throw BatchFaults.Malformed(
                "Content-Type của $batch là application/json hoặc multipart/mixed.", "Content-Type of $batch is application/json or multipart/mixed."),
        };
    }

    private static string? AcceptedType(HttpRequest request)
        => request.Headers.Accept.Count == 0
            ? null
            : request.GetTypedHeaders().Accept
                .Where(t => (t.Quality ?? 1) > 0)
                .OrderByDescending(t => t.Quality ?? 1)
                .Select(t => t.MediaType.Value)
                .FirstOrDefault(t => t is not null && (t.Equals("application/json", StringComparison.OrdinalIgnoreCase) || t.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase)));

    private static async Task<BatchResponse> RunAsync(HttpContext batch, BatchRequest request, string root, RequestDelegate answerAsync)
    {
        using var body = new HeldBody(AnswerBytesMax);
        var context = ContextOf(batch, request, body);
        await ErrorHandling.HandleAsync(context, async one =>
        {
            try
            {
                if (request.Refusal is { } refusal)
                {
                    throw refusal;
                }

                Address(one.Request, request, root);
                await answerAsync(one);
                await one.Response.CompleteAsync();
            }
            catch (BodyTooLargeException large)
            {
                body.SetLength(0);
                throw TooLarge(large);
            }
            catch
            {
                // What was written of an answer that failed is no part of the error.
                body.SetLength(0);
                throw;
            }
        });
        batch.RequestAborted.ThrowIfCancellationRequested();
        context.Response.Headers.Remove(HeaderNames.ContentLength);
        return new BatchResponse(request.Id, context.Response.StatusCode, context.Response.Headers, body.ToArray());
    }

    private static DefaultHttpContext ContextOf(HttpContext batch, BatchRequest request, Stream body)
    {
        var context = new DefaultHttpContext
        {
            RequestServices = batch.RequestServices,
            RequestAborted = batch.RequestAborted,
            TraceIdentifier = batch.TraceIdentifier,
        };
        context.Features.Set(batch.Features.Get<IHttpMinResponseDataRateFeature>());
        context.Request.Scheme = batch.Request.Scheme;
        context.Request.Host = batch.Request.Host;
        context.Request.PathBase = batch.Request.PathBase;
        context.Request.Path = ODataEndpoints.Prefix;
        context.Request.Method = HttpMethods.Get;
        context.Response.Body = body;
        foreach (var name in Inherited)
        {
            if (batch.Request.Headers.TryGetValue(name, out var value))
            {
                context.Request.Headers[name] = value;
            }
        }

        foreach (var name in Heard)
        {
            if (request.Headers.TryGetValue(name, out var value))
            {
                context.Request.Headers[name] = value;
            }
        }

        return context;
    }

    /// <summary>Where the request goes. Only the path counts: whatever host it names, it stays with this service.</summary>
    private static void Address(HttpRequest one, BatchRequest request, string root)
    {
        if (!request.Method.Equals(HttpMethods.Get, StringComparison.OrdinalIgnoreCase))
        {
            throw new OpenDataException(
                PortalErrors.MethodNotAllowed,
                new LocalText("Dịch vụ chỉ đọc: trong lô chỉ có GET.", "This service only reads: a batch takes GET."));
        }

        var address = request.Address;
        if (Encoding.UTF8.GetByteCount(address) > RequestGuards.AddressBytesMax)
        {
            throw RequestGuards.AddressTooLong();
        }

        var target = Behind(address, root) ?? Behind(address, new Uri(root).AbsolutePath) ?? Behind(address, ODataEndpoints.Prefix) ?? address switch
        {
            ['/', ..] => throw ODataPath.Unknown(address.Split('/', '?')[1]),
            _ when address.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(address, UriKind.Absolute, out var elsewhere) && elsewhere.Scheme is "http" or "https"
                => throw ODataPath.Unknown(elsewhere.Host),
            _ => $"{ODataEndpoints.Prefix}/{address}",
        };
        one.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
    }

    private static string? Behind(string address, string start)
        => address.StartsWith(start, StringComparison.OrdinalIgnoreCase) && (address.Length == start.Length || address[start.Length] is '/' or '?')
            ? ODataEndpoints.Prefix + address[start.Length..]
            : null;

    private static OpenDataException TooLarge(Exception inner) => new(
        PortalErrors.BatchAnswerTooLarge,
        new LocalText("Câu trả lời lớn hơn 4 MiB; hãy hỏi riêng, hoặc lấy trang nhỏ hơn.", "The answer is larger than 4 MiB; ask for it alone, or for smaller pages."),
        inner: inner);

    private static OpenDataException DependencyFailed() => new(
        PortalErrors.DependencyFailed,
        new LocalText("Một yêu cầu mà yêu cầu này phụ thuộc đã thất bại.", "A request on which this one depends has failed."));
}
