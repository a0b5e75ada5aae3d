using System.Buffers.Binary;
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
    /// <summary>The start of each record's SHA-256, in order, where pages are counted or stepped through; else empty.</summary>
    internal IReadOnlyList<UInt128> RecordHashes { get; private init; } = [];

    /// <summary>Numbers of the rows in a CKAN table, in order; empty for other kinds.</summary>
    internal IReadOnlyList<long> RowNumbers { get; private init; } = [];

    /// <summary>The records' keys where the contract has one; else empty.</summary>
    internal IReadOnlyList<ulong> Keys { get; private init; } = [];

    /// <summary>Looks into a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="source">What the contract says of pages.</param>
    /// <param name="key">Where the key's parts stand in a record; none when keys are not compared.</param>
    internal static JsonPage Read(HttpPage page, SourceBinding source, IReadOnlyList<string[]> key)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(page.Bytes));
            var root = document.RootElement;
            var isCkan = source.Kind == "ckan";
            if (isCkan)
            {
                CkanAnswer.Check(root, page.Status);
            }

            var records = List(root, source.Records);
            var isOData = source.Kind == "odata";
            return new JsonPage(
                records.GetArrayLength(),
                Convert.ToHexStringLower(SHA256.HashData(JsonMarshal.GetRawUtf8Value(records))),
                isOData ? AnnotatedTotal(root, source) : source.Total is { } total ? TotalOf(At(root, total), total) : null,
                isOData ? NextOf(Annotation(root, "nextLink"), "@odata.nextLink") : source.Paging is { Style: "cursor", Next: { } next } ? NextOf(At(root, next), next) : null)
            {
                RecordHashes = !isCkan && source.Paging is { Style: "page" or "offset" } ? [.. records.EnumerateArray().Select(HashOf)] : [],
                Keys = key.Count > 0 ? [.. records.EnumerateArray().Select(r => RecordKey.Of(r, key)).OfType<ulong>()] : [],
                RowNumbers = isCkan ? [.. records.EnumerateArray().Select(RowNumberOf)] : [],
            };
        }
        catch (JsonException e)
        {
            throw SourceFailure.Transient(SourceErrors.PageNotReadable, "Trang dữ liệu không phải JSON hợp lệ.", "The page is not valid JSON.", e);
        }
    }

    private static UInt128 HashOf(JsonElement record)
        => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(JsonMarshal.GetRawUtf8Value(record)));

    private static long RowNumberOf(JsonElement record)
        => record.ValueKind == JsonValueKind.Object && record.TryGetProperty(CkanAddress.RowNumber, out var number)
            && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var value)
            ? value
            : throw Missing(CkanAddress.RowNumber);

    private static ReadOnlyMemory<byte> WithoutMark(byte[] bytes)
        => bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;

    private static JsonElement List(JsonElement root, string? path)
        => At(root, path ?? "$") is { ValueKind: JsonValueKind.Array } list ? list : throw Missing(path ?? "$");

    private static long TotalOf(JsonElement? declared, string path)
        => declared is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var total) && total >= 0 ? total : throw Missing(path);

    // The first page must have it, later ones may.
    private static long? AnnotatedTotal(JsonElement root, SourceBinding source)
        => source.Counted && Annotation(root, "count") is { } count ? TotalOf(count, "@odata.count") : null;

    // The names of 4.0, then those of 4.01.
    private static JsonElement? Annotation(JsonElement root, string name)
        => root.TryGetProperty("@odata." + name, out var annotation) || root.TryGetProperty("@" + name, out annotation) ? annotation : null;

    // An absent, null or empty next is how sources say "that was all".
    private static string? NextOf(JsonElement? declared, string path) => declared switch
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

    internal static Catalogs.Errors.OpenDataException Missing(string path) => SourceFailure.Of(
        SourceErrors.PageNotReadable,
        $"Trang dữ liệu không có {path} đúng kiểu như hợp đồng.",
        $"The page has no {path} of the kind that the contract says.");
}
