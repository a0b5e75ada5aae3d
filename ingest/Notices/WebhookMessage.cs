using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Notices;

/// <summary>A notice as a signed message of the Standard Webhooks specification.</summary>
internal static class WebhookMessage
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The request; its signature covers id, time of sending and body.</summary>
    internal static HttpRequestMessage Of(Notice notice, Uri address, ReadOnlySpan<byte> key, DateTimeOffset sentAt)
    {
        var body = Body(notice);
        var seconds = sentAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.Add("webhook-id", notice.Id);
        request.Headers.Add("webhook-timestamp", seconds);
        request.Headers.Add("webhook-signature", "v1," + Signature(notice.Id, seconds, body, key));
        return request;
    }

    /// <summary>HMAC-SHA256 over <c>id.timestamp.body</c>, in base64.</summary>
    internal static string Signature(string id, string seconds, ReadOnlySpan<byte> body, ReadOnlySpan<byte> key)
        => Convert.ToBase64String(HMACSHA256.HashData(key, [.. Encoding.ASCII.GetBytes($"{id}.{seconds}."), .. body]));

    private static byte[] Body(Notice notice)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("type", notice.Kind);
            json.WriteString("timestamp", notice.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteStartObject("data");
            json.WriteString("dataset", notice.Dataset);
            Write(json, "title", notice.Title);
            Write(json, "text", notice.Text);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, Catalogs.LocalText text)
    {
        json.WriteStartObject(name);
        json.WriteString("vi", text.Vi);
        json.WriteString("en", text.En);
        json.WriteEndObject();
    }
}
