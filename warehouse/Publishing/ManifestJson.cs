using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenData.Warehouse.Publishing;

/// <summary>The one JSON form of manifests: snake_case, indented, UTF-8, newline at the end. Equal manifests give equal bytes.</summary>
public static class ManifestJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>The bytes of <c>manifest.json</c>.</summary>
    public static byte[] Write(SnapshotManifest manifest)
        => [.. JsonSerializer.SerializeToUtf8Bytes(manifest, Options), (byte)'\n'];

    /// <summary>The manifest in these bytes; null when they are no manifest.</summary>
    public static SnapshotManifest? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<SnapshotManifest>(bytes, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
