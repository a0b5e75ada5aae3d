using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace OpenData.Portal.OData;

/// <summary>Answers that are in memory as a whole: tag, length, 304, HEAD.</summary>
internal static class SmallAnswer
{
    /// <summary>Writes the answer, tagged by its bytes; <paramref name="version"/> is that of OData, null outside it.</summary>
    public static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> bytes, string contentType, string? version = null)
    {
        var response = context.Response;
        if (version is not null)
        {
            response.Headers["OData-Version"] = version;
        }

        response.Headers.CacheControl = "public, no-cache";
        var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(bytes.Span).AsSpan(0, 8))}\"";
        response.Headers.ETag = tag;
        if (CallerHas(context.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    /// <summary>True when <c>If-None-Match</c> names the tag, compared weakly.</summary>
    public static bool CallerHas(HttpRequest request, string tag)
    {
        if (request.Headers.IfNoneMatch.Count == 0)
        {
            return false;
        }

        // Nearly always it is one tag, as we wrote it.
        if (request.Headers.IfNoneMatch is [var only] && string.Equals(only, tag, StringComparison.Ordinal))
        {
            return true;
        }

        var own = EntityTagHeaderValue.Parse(tag);
        return request.GetTypedHeaders().IfNoneMatch.Any(t => t.Tag == "*" || t.Compare(own, useStrongComparison: false));
    }
}
