using System.Text.Json;

namespace OpenData.Portal.Access;

/// <summary>Pure: texts of a token's payload.</summary>
internal static class TokenClaims
{
    private const int CountMax = 200;
    private const int LettersMax = 200;

    /// <summary>
    /// The texts of a claim: of a list each, of one text its words. The name as it stands comes first; when the payload has no such claim, its points lead
    /// into objects. What is no text, too long or beyond the two hundredth is passed over.
    /// </summary>
    public static IReadOnlyList<string> Texts(JsonElement payload, string claim) => Find(payload, claim) switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(Text).OfType<string>().Take(CountMax)],
        { ValueKind: JsonValueKind.String } one => [.. one.GetString()!.Split([' ', ','], CountMax + 1, StringSplitOptions.RemoveEmptyEntries).Where(IsShort).Take(CountMax)],
        _ => [],
    };

    /// <summary>The name in a claim, with no sign that would break a line of a log; null when there is none.</summary>
    public static string? Name(JsonElement payload, string claim)
        => Find(payload, claim) is { } found && Text(found)?.Trim() is { Length: > 0 } name && !name.Any(char.IsControl) ? name : null;

    private static JsonElement? Find(JsonElement payload, string claim)
    {
        if (payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty(claim, out var whole))
        {
            return whole;
        }

        var found = payload;
        foreach (var part in claim.Split('.'))
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(part, out found))
            {
                return null;
            }
        }

        return found;
    }

    private static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String && element.GetString() is { } text && IsShort(text) ? text : null;

    private static bool IsShort(string text) => text.Length is > 0 and <= LettersMax;
}
