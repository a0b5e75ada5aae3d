using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OpenData.Warehouse.Backup;

/// <summary>What a finished backup is made of: <c>backup.json</c>, written last, with a hash of itself. Without it there is no backup.</summary>
/// <param name="Format">Form of this list; 1.</param>
/// <param name="MadeAt">The moment of the state.</param>
/// <param name="State">Kind of the state database: <c>sqlite</c> or <c>postgresql</c>.</param>
/// <param name="Schema">Version of its tables.</param>
/// <param name="StateFolder">Folder of the state below the backup's; each backup has its own.</param>
/// <param name="Landing">False when the source bytes were left out.</param>
/// <param name="LandingGone">Hashes of source bytes that the state names and that were removed by their rule before they were copied.</param>
/// <param name="Files">Every file but this one.</param>
public sealed record BackupList(
    int Format,
    DateTimeOffset MadeAt,
    string State,
    int Schema,
    string StateFolder,
    bool Landing,
    IReadOnlyList<string> LandingGone,
    IReadOnlyList<BackupFile> Files)
{
    /// <summary>Name of the file.</summary>
    internal const string FileName = "backup.json";

    private const int KnownFormat = 1;

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The bytes of the file.</summary>
    internal byte[] ToBytes()
    {
        var content = JsonSerializer.Serialize(this, Options);
        return Encoding.UTF8.GetBytes($"{{\"sha256\":\"{HashOf(content)}\",\"content\":{content}}}\n");
    }

    /// <summary>The list in these bytes; null when they are torn, changed, or of a form that this program does not know.</summary>
    internal static BackupList? Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.TryGetProperty("content", out var content)
                && document.RootElement.TryGetProperty("sha256", out var sha256)
                && sha256.GetString() == HashOf(content.GetRawText())
                && content.Deserialize<BackupList>(Options) is { Format: KnownFormat } list
                ? list
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string HashOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
