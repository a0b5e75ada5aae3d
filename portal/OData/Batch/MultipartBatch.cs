using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace OpenData.Portal.OData.Batch;

/// <summary>A batch as <c>multipart/mixed</c>: each part is an HTTP request, each answer an HTTP response.</summary>
/// <param name="boundary">What parts the requests; null when the caller named nothing.</param>
/// <param name="requestId">Id of the request, from which the answer's own boundary is made.</param>
internal sealed class MultipartBatch(string? boundary, string requestId) : IBatchForm
{
    private const int BoundaryLengthMax = 200;
    private const int PartBytesMax = 64 * 1024;

    private readonly string _ownBoundary = "batchresponse_" + requestId;

    /// <inheritdoc/>
    public string ContentType => $"multipart/mixed;boundary={_ownBoundary}";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BatchRequest>> ReadAsync(HttpRequest batch)
    {
        if (string.IsNullOrEmpty(boundary) || boundary.Length > BoundaryLengthMax)
        {
            throw BatchFaults.Malformed("Content-Type thiếu boundary dùng được.", "Content-Type has no usable boundary.");
        }

        var requests = new List<BatchRequest>();
        var reader = new MultipartReader(boundary, batch.Body) { BodyLengthLimit = PartBytesMax };
        try
        {
            while (await reader.ReadNextSectionAsync(batch.HttpContext.RequestAborted) is { } section)
            {
                BatchFaults.RequireRoom(requests);
                var request = await RequestAsync(section, requests.Count + 1, batch.HttpContext.RequestAborted);
                requests.Add(requests.Any(r => r.Id == request.Id) ? throw BatchFaults.SameId(request.Id) : request);
            }
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException && broken is not BadHttpRequestException)
        {
            throw BatchFaults.Malformed("Nội dung không phải multipart/mixed đúng boundary.", "The body is not multipart/mixed with that boundary.", broken);
        }

        return requests;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Begin() => ReadOnlyMemory<byte>.Empty;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Part(BatchResponse response)
    {
        var head = new StringBuilder();
        Line($"--{_ownBoundary}");
        Line("Content-Type: application/http");
        Line("Content-Transfer-Encoding: binary");
        Line($"Content-ID: {(IsPlain(response.Id) ? response.Id : Uri.EscapeDataString(response.Id))}");
        Line("");
        Line(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {response.Status} {ReasonPhrases.GetReasonPhrase(response.Status)}"));
        foreach (var (name, value) in response.Headers)
        {
            Line($"{name}: {value}");
        }

        Line(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {response.Body.Length}"));
        Line("");
        return (byte[])[.. Encoding.UTF8.GetBytes(head.ToString()), .. response.Body.Span, .. "\r\n"u8];

        void Line(string text) => head.Append(text).Append("\r\n");
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> End() => Encoding.ASCII.GetBytes($"--{_ownBoundary}--\r\n");

    private static async Task<BatchRequest> RequestAsync(MultipartSection section, int number, CancellationToken token)
    {
        var id = number.ToString(CultureInfo.InvariantCulture);
        var type = MediaTypeHeaderValue.TryParse(section.ContentType, out var parsed) ? parsed.MediaType.ToString() : "";
        if (type.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase))
        {
            return new BatchRequest(id, "", "", new HeaderDictionary()) { Refusal = BatchFaults.ChangesRefused() };
        }

        if (!type.Equals("application/http", StringComparison.OrdinalIgnoreCase))
        {
            throw BatchFaults.Malformed("Mỗi phần cần Content-Type: application/http.", "Each part needs Content-Type: application/http.");
        }

        if (section.Headers!.TryGetValue("Content-ID", out var given) && IsPlain(given.ToString()))
        {
            id = given.ToString();
        }

        using var lines = new StreamReader(section.Body, new UTF8Encoding(false, throwOnInvalidBytes: false));
        var (method, address) = RequestLine(await lines.ReadLineAsync(token) ?? "");
        var headers = new HeaderDictionary();
        while (await lines.ReadLineAsync(token) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (string.IsNullOrWhiteSpace(line[..Math.Max(0, colon)]))
            {
                throw BatchFaults.Malformed("Một dòng tiêu đề không có tên.", "A header line has no name.");
            }

            headers.Append(line[..colon].Trim(), line[(colon + 1)..].Trim());
        }

        return new BatchRequest(id, method, address, headers);
    }

    // Some clients leave spaces in addresses, so the address is all between the method and the protocol.
    private static (string Method, string Address) RequestLine(string line)
    {
        var method = line.IndexOf(' ', StringComparison.Ordinal);
        var protocol = line.LastIndexOf(" HTTP/", StringComparison.OrdinalIgnoreCase);
        return method > 0 && line.Length > method + 1 && protocol != method
            ? (line[..method], line[(method + 1)..(protocol < 0 ? line.Length : protocol)].Trim())
            : throw BatchFaults.Malformed("Phần không bắt đầu bằng dòng yêu cầu HTTP.", "A part does not begin with a line of request.");
    }

    // It goes back into a header.
    private static bool IsPlain(string id) => id.Length is > 0 and <= 100 && id.All(c => c is > ' ' and < '\u007f');
}
