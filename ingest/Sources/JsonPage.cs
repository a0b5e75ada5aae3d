using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using OpenData.Catalogs;

namespace OpenData.Ingest.Sources;

/// <summary>What paging needs to know of a page: how many records, which ones, the declared total, the next address or token.</summary>
/// <param name="Records">Number of records.</param>
/// <param name="RecordsHash">SHA-256 of the list's bytes, to know a page again.</param>
/// <param name="Total">Declared total; null when the contract names none.</param>
/// <param name="Next">Next address or token; null at the end.</param>
internal sealed record JsonPage(int Records, string RecordsHash, long? Total, string? Next)
{
    /// <summary>Looks into a page.</summary>
    internal static JsonPage Read(byte[] bytes, SourceBinding source)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(bytes));
            var records = List(document.RootElement, source.Records);
            return new JsonPage(
                records.GetArrayLength(),
                Convert.ToHexStringLower(SHA256.HashData(JsonMarshal.GetRawUtf8Value(records))),
                TotalAt(document.RootElement, source.Total),
                source.Paging is { Style: "cursor", Next: { } path } ? NextAt(document.RootElement, path) : null);
        }
        catch (JsonException e)
        {
            throw SourceFailure.Transient(SourceErrors.PageNotReadable, "Trang dữ liệu không phải JSON hợp lệ.", "The page is not valid JSON.", e);
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(byte[] bytes)
        => bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;

    private static JsonElement List(JsonElement root, string? path)
        => At(root, path ?? "$") is { ValueKind: JsonValueKind.Array } list ? list : throw Missing(path ?? "$");

    private static long? TotalAt(JsonElement root, string? path)
    {
        if (path is null)
        {
            return null;
        }

        return At(root, path) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var total) && total >= 0
            ? total
            : throw Missing(path);
    }

    // An absent, null or empty next is how sources say "that was all".
    private static string? NextAt(JsonElement root, string path) => At(root, path) switch
    {
        { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } next => next,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        { ValueKind: JsonValueKind.String or JsonValueKind.Null or JsonValueKind.False } or null => null,
        _ => throw Missing(path),
    };

    private static JsonElement? At(JsonElement root, string path)
    {
        var current = root;
        foreach (var name in path.TrimStart('$').Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (current.ValueKind != JsonValueKind.Object || !current.TryGetProperty(name, out current))
            {
                return null;
            }
        }

        return current;
    }

    private static Catalogs.Errors.OpenDataException Missing(string path) => SourceFailure.Of(
        SourceErrors.PageNotReadable,
        $"Trang dữ liệu không có {path} đúng kiểu như hợp đồng.",
        $"The page has no {path} of the kind that the contract says.");
}
