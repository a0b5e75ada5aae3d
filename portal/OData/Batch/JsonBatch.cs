using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace OpenData.Portal.OData.Batch;

/// <summary>A batch as JSON (OData 4.01): <c>{"requests":[{"id","method","url","headers","dependsOn"}]}</c>.</summary>
internal sealed class JsonBatch(string version) : IBatchForm
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private bool _isFirst = true;

    /// <inheritdoc/>
    public string ContentType => $"application/json;{(version == "4.0" ? "odata." : "")}metadata=minimal;charset=utf-8";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BatchRequest>> ReadAsync(HttpRequest batch)
    {
        Body? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<Body>(batch.Body, Web, batch.HttpContext.RequestAborted);
        }
        catch (JsonException broken)
        {
            throw BatchFaults.Malformed(
                "Nội dung không phải JSON có mảng requests; giá trị của id, method, url và headers là chuỗi.",
                "The body is not JSON with an array requests; id, method, url and the values of headers are strings.",
                broken);
        }

        var read = new List<BatchRequest>();
        foreach (var item in body?.Requests ?? [])
        {
            BatchFaults.RequireRoom(read);
            read.Add(Request(item, read));
        }

        return read;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Begin() => "{\"responses\":["u8.ToArray();

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Part(BatchResponse response)
    {
        using var bytes = new MemoryStream();
        bytes.Write(_isFirst ? "\n"u8 : ",\n"u8);
        _isFirst = false;
        using (var json = new Utf8JsonWriter(bytes, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("id", response.Id);
            json.WriteNumber("status", response.Status);
            json.WriteStartObject("headers");
            foreach (var (name, value) in response.Headers)
            {
                json.WriteString(name.ToLowerInvariant(), value.ToString());
            }

            json.WriteEndObject();
            WriteBody(json, response);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> End() => "\n]}\n"u8.ToArray();

    // JSON as it is, text as a string, anything else as base64url.
    private static void WriteBody(Utf8JsonWriter json, BatchResponse response)
    {
        if (response.Body.Length == 0)
        {
            return;
        }

        json.WritePropertyName("body");
        var type = MediaTypeHeaderValue.TryParse(response.Headers.ContentType.ToString(), out var parsed) ? parsed : null;
        if (type?.SubType == "json" || type?.Suffix == "json")
        {
            json.WriteRawValue(response.Body.Span);
        }
        else if (type?.Type == "text")
        {
            json.WriteStringValue(response.Body.Span);
        }
        else
        {
            json.WriteStringValue(Base64Url.EncodeToUtf8(response.Body.Span));
        }
    }

    private static BatchRequest Request(Item? item, List<BatchRequest> before)
    {
        if (item is not { Id: { Length: > 0 } id, Method: { } method, Url: { } url })
        {
            throw BatchFaults.Malformed("Mỗi yêu cầu cần id, method và url.", "Each request needs id, method and url.");
        }

        if (before.Any(r => r.Id == id))
        {
            throw BatchFaults.SameId(id);
        }

        if ((item.DependsOn ?? []).Any(d => before.All(r => r.Id != d)))
        {
            throw BatchFaults.Malformed("dependsOn chỉ nhận id của yêu cầu đứng trước.", "dependsOn takes ids of requests that stand before.");
        }

        var headers = new HeaderDictionary();
        foreach (var (name, value) in item.Headers ?? [])
        {
            headers[name] = value;
        }

        return new BatchRequest(id, method, url, headers)
        {
            DependsOn = item.DependsOn ?? [],
            Refusal = item.AtomicityGroup is not null || item.If is not null ? BatchFaults.ChangesRefused() : null,
        };
    }

    private sealed record Body(IReadOnlyList<Item?>? Requests);

    private sealed record Item(
        string? Id, string? Method, string? Url, Dictionary<string, string?>? Headers, IReadOnlyList<string>? DependsOn, JsonElement? AtomicityGroup, JsonElement? If);
}
