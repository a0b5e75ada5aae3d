using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenData.Catalogs;

namespace OpenData.Ingest.Sources;

/// <summary>Pure: the contract's key in records as they come, before they are read.</summary>
internal static class RecordKey
{
    /// <summary>Where the key's parts stand in a record; none when keys are not compared.</summary>
    internal static IReadOnlyList<string[]> PathsOf(DatasetContract contract)
    {
        var columns = contract.Key.Select(contract.Column).ToList();
        return contract.Source is { Repeats: true } or { Kind: "ckan" } || columns.Contains(null)
            ? []
            : [.. columns.OfType<ColumnContract>().Select(c => c.SourceName.Split('.'))];
    }

    /// <summary>The start of the SHA-256 of the key; null when a part is missing, which is refused later.</summary>
    internal static ulong? Of(JsonElement record, IReadOnlyList<string[]> paths)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var path in paths)
        {
            if (At(record, path) is not { ValueKind: not JsonValueKind.Null } part)
            {
                return null;
            }

            // The same text in other escapes is the same; 1 and "1" are not.
            var raw = part.ValueKind == JsonValueKind.String ? TextOf(part) : JsonMarshal.GetRawUtf8Value(part);
            hash.AppendData([(byte)part.ValueKind, .. BitConverter.GetBytes(raw.Length)]);
            hash.AppendData(raw);
        }

        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }

    private static ReadOnlySpan<byte> TextOf(JsonElement part)
    {
        try
        {
            return Encoding.UTF8.GetBytes(part.GetString() ?? "");
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is no text; the reader refuses it later.
            return JsonMarshal.GetRawUtf8Value(part);
        }
    }

    private static JsonElement? At(JsonElement record, string[] path)
    {
        var current = record;
        foreach (var name in path)
        {
            if (current.ValueKind != JsonValueKind.Object || !current.TryGetProperty(name, out current))
            {
                return null;
            }
        }

        return current;
    }
}
