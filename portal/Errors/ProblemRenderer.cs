using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenData.Portal.Errors;

/// <summary>RFC 9457 problem details with <c>code</c>, <c>position</c>, <c>pointer</c>, <c>suggestion</c> and <c>request_id</c>; the rendering of last resort.</summary>
internal sealed class ProblemRenderer : IErrorRenderer
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <inheritdoc/>
    public bool Renders(PathString path) => true;

    /// <inheritdoc/>
    public async Task WriteAsync(HttpContext context, ErrorView error)
    {
        context.Response.ContentType = "application/problem+json; charset=utf-8";
        using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("type", "urn:opendata:error:" + error.Code.Code);
            json.WriteString("title", error.Title);
            json.WriteNumber("status", error.Status);
            json.WriteString("detail", error.Detail);
            json.WriteString("instance", context.Request.Path.Value);
            json.WriteString("code", error.Code.Code);
            if (error.Position is { } position)
            {
                json.WriteNumber("position", position);
            }

            Caret.Write(json, error);

            if (error.Suggestion is { } suggestion)
            {
                json.WriteString("suggestion", suggestion);
            }

            json.WriteString("request_id", error.RequestId);
            json.WriteEndObject();
        }

        context.Response.ContentLength = buffer.Length;
        buffer.Position = 0;
        await buffer.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
