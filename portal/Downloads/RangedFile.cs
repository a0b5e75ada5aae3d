namespace OpenData.Portal.Downloads;

/// <summary>Sends a stream under the validators that the answer has already: ranges, If-Range, 304 and HEAD are the framework's.</summary>
internal static class RangedFile
{
    /// <summary>Sends it and disposes it. Without a length it goes out in chunks and takes no ranges.</summary>
    public static async Task SendAsync(HttpContext context, Stream content)
    {
        // Ranges count bytes; a unit that nobody knows is passed over (RFC 9110, 14.2), and the framework does not look at it.
        if (!content.CanSeek || !context.Request.Headers.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
        {
            context.Request.Headers.Range = default;
        }

        var validators = context.Response.GetTypedHeaders();
        var answer = TypedResults.Stream(
            content is FileStream file ? new SentFile(file, context.Response) : content,
            context.Response.ContentType,
            lastModified: validators.LastModified,
            entityTag: validators.ETag,
            enableRangeProcessing: content.CanSeek);
        await answer.ExecuteAsync(context);
    }
}
