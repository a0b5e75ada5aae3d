using System.Globalization;
using System.Text.Json;
using OpenData.Catalogs.Errors;

namespace OpenData.Ingest.Sources;

/// <summary>An access token. It is a secret: never logged.</summary>
/// <param name="Value">What the source takes.</param>
/// <param name="Until">Until when it is used: its end less a margin.</param>
internal sealed record OAuthToken(string Value, DateTimeOffset Until)
{
    private const int CharactersMax = 16 << 10;

    // What RFC 6749, 5.2 names; another word could be anything.
    private static readonly string[] Refusals =
        ["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope"];

    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan MarginMax = TimeSpan.FromSeconds(60);

    /// <summary>Nothing of the values.</summary>
    public override string ToString() => nameof(OAuthToken);

    /// <summary>Pure: the token of an answer with status 200.</summary>
    /// <param name="body">The answer's body.</param>
    /// <param name="asked">When it was asked for.</param>
    internal static OAuthToken Read(byte[] body, DateTimeOffset asked)
    {
        var answer = Parse(body);
        if (Text(answer, "access_token") is not { Length: > 0 and <= CharactersMax } value || !value.All(c => c is > ' ' and <= '~'))
        {
            throw Unusable("access_token");
        }

        if (!string.Equals(Text(answer, "token_type"), "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            throw Unusable("token_type");
        }

        var lasts = Lasts(answer);
        return new OAuthToken(value, asked + lasts - (lasts / 2 < MarginMax ? lasts / 2 : MarginMax));
    }

    /// <summary>Pure: what an answer with status 400 or 401 means. The endpoint's own sentence is not passed on.</summary>
    internal static OpenDataException Refused(byte[] body)
    {
        var word = Text(Parse(body), "error") is { } error && Refusals.Contains(error) ? $" ({error})" : "";
        return SourceFailure.Of(SourceErrors.TokenRefused, $"Máy chủ cấp token từ chối{word}.", $"The token endpoint refused{word}.");
    }

    // Left out, it is not for ever; some servers write the number as a text.
    private static TimeSpan Lasts(JsonElement answer)
    {
        if (!answer.TryGetProperty("expires_in", out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return Unsaid;
        }

        return int.TryParse(given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : throw Unusable("expires_in");
    }

    private static JsonElement Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw Unusable("{}");
        }
        catch (JsonException)
        {
            // Not as an inner exception: the answer holds a token, perhaps.
            throw Unusable("JSON");
        }
    }

    private static string? Text(JsonElement answer, string name)
        => answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static OpenDataException Unusable(string what) => SourceFailure.Of(
        SourceErrors.TokenUnusable,
        $"Trả lời của máy chủ cấp token không dùng được: thiếu hoặc sai {what}.",
        $"The token endpoint's answer is unusable: {what} is missing or wrong.");
}
