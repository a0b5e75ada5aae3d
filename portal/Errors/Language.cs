using Microsoft.Net.Http.Headers;

namespace OpenData.Portal.Errors;

/// <summary>The language of an answer: <c>vi</c> or <c>en</c>.</summary>
internal static class Language
{
    /// <summary>Vietnamese, the default.</summary>
    public const string Vietnamese = "vi";

    /// <summary>English.</summary>
    public const string English = "en";

    /// <summary>
    /// The language of this request: English under <c>/en/…</c>, else by <c>Accept-Language</c>; Vietnamese when neither says anything.
    /// Pages go by their address alone.
    /// </summary>
    public static string Of(HttpRequest request)
    {
        if (request.Path.StartsWithSegments("/en", StringComparison.Ordinal))
        {
            return English;
        }

        var best = Vietnamese;
        var bestQuality = 0.0;
        foreach (var wanted in request.GetTypedHeaders().AcceptLanguage)
        {
            var quality = wanted.Quality ?? 1.0;
            if (Known(wanted) is { } known && quality > bestQuality)
            {
                best = known;
                bestQuality = quality;
            }
        }

        return best;
    }

    private static string? Known(StringWithQualityHeaderValue wanted)
    {
        var tag = wanted.Value.AsSpan();
        return tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? English
            : tag.StartsWith("vi", StringComparison.OrdinalIgnoreCase) || tag is "*" ? Vietnamese
            : null;
    }
}
