using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace OpenData.Portal.OData;

/// <summary>
/// What the <c>Prefer</c> headers of a request ask for, as far as this service knows it (RFC 7240): a wish that cannot be met or read is
/// passed over, never refused, and <c>Preference-Applied</c> names those that were met.
/// </summary>
internal sealed record Preferences
{
    private const string Prefix40 = "odata.";

    /// <summary>No wishes.</summary>
    public static readonly Preferences None = new();

    /// <summary>Value of <c>maxpagesize</c>; null when there is none that can be used.</summary>
    public int? PageRows { get; private init; }

    /// <summary>Value of <c>omit-values</c>, <c>nulls</c> or <c>defaults</c>; null when there is none. No column has a default but null, so they mean the same.</summary>
    public string? OmitValues { get; init; }

    /// <summary>True for <c>track-changes</c>: the last page should lead to later changes.</summary>
    public bool TracksChanges { get; private init; }

    /// <summary>True for <c>cost-only</c>: what the query would cost is wanted in place of its answer.</summary>
    public bool IsCostOnly { get; private init; }

    /// <summary>True for <c>continue-on-error</c>, which is a batch's.</summary>
    public bool ContinuesOnError { get; private init; }

    /// <summary>Reads all <c>Prefer</c> headers of a request.</summary>
    public static Preferences Of(HttpRequest request) => Of(request.Headers["Prefer"]);

    /// <summary>Reads header lines.</summary>
    public static Preferences Of(StringValues lines)
    {
        if (lines.Count == 0)
        {
            return None;
        }

        var wishes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines)
        {
            foreach (var preference in Split(line ?? "", ','))
            {
                // Parameters behind a semicolon belong to preferences that nobody here knows.
                var (name, value) = NameAndValue(Split(preference, ';')[0]);
                wishes.TryAdd(name, value); // Of equals the first counts.
            }
        }

        return new Preferences
        {
            PageRows = Value("maxpagesize") is { } size && int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows > 0
                ? rows
                : null,
            OmitValues = Value("omit-values")?.ToLowerInvariant() is ("nulls" or "defaults") and var omitted ? omitted : null,
            TracksChanges = IsWished("track-changes"),
            IsCostOnly = IsWished("cost-only"),
            ContinuesOnError = IsWished("continue-on-error"),
        };

        // The names of 4.0 have a prefix; where both stand, the one without counts.
        string? Value(string name) => wishes.GetValueOrDefault(name) ?? wishes.GetValueOrDefault(Prefix40 + name);

        bool IsWished(string name) => Value(name)?.ToUpperInvariant() is "" or "TRUE";
    }

    private static (string Name, string Value) NameAndValue(string preference)
    {
        var equals = preference.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (preference.Trim(), "") : (preference[..equals].Trim(), Unquoted(preference[(equals + 1)..].Trim()));
    }

    private static string Unquoted(string word)
    {
        if (word is not ['"', .., '"'] || word.Length < 2)
        {
            return word;
        }

        var text = new System.Text.StringBuilder();
        for (var i = 1; i < word.Length - 1; i++)
        {
            i += word[i] == '\\' && i < word.Length - 2 ? 1 : 0;
            text.Append(word[i]);
        }

        return text.ToString();
    }

    /// <summary>The parts between separators that stand outside quotes.</summary>
    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var start = 0;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (text[i] == separator && !quoted)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
