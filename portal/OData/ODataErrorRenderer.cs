using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenData.Portal.Errors;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>OData's own error body: <c>{"error":{"code","message","target","details"}}</c>, with our code.</summary>
internal sealed class ODataErrorRenderer : IErrorRenderer
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public bool Renders(PathString path) => path.StartsWithSegments(ODataEndpoints.Prefix, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public async Task WriteAsync(HttpContext context, ErrorView error)
    {
        using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            Write(json, error);
        }

        var version = ODataFormat.VersionFor(context.Request);
        context.Response.Headers["OData-Version"] = version;
        if (error.Code == QueryErrors.VersionGone)
        {
            // Where the whole set is found again.
            context.Response.Headers.Location = error.Suggestion;
        }

        context.Response.ContentType = $"application/json;{(version == "4.0" ? "odata." : "")}metadata=minimal;charset=utf-8";
        context.Response.ContentLength = buffer.Length;
        buffer.Position = 0;
        await buffer.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, ErrorView error)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("code", error.Code.Code);
        json.WriteString("message", $"{error.Title}: {error.Detail}");
        json.WriteStartArray("details");
        Detail(json, error.Code.Code + ".position", error.Position?.ToString(CultureInfo.InvariantCulture));
        Detail(json, error.Code.Code + ".suggestion", error.Suggestion);
        json.WriteEndArray();
        json.WriteStartObject("innererror");
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
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Detail(Utf8JsonWriter json, string code, string? message)
    {
        if (message is null)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    }
}
