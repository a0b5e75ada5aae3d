using System.Text.RegularExpressions;

namespace OpenData.Portal.OData;

/// <summary>Patterns that mean the same to RE2, .NET and JavaScript; other dialects must not be promised as ECMA 262.</summary>
internal static partial class SharedPattern
{
    /// <summary>The pattern, anchored at both ends as ours are; null when there is none, or one that others may read differently.</summary>
    public static string? Of(string? matches)
    {
        if (matches is null || !Plain().IsMatch(matches) || matches.Replace("(?:", "", StringComparison.Ordinal).Contains("(?", StringComparison.Ordinal))
        {
            return null;
        }

        return matches is ['^', .., not '\\', '$'] && !matches.Contains('|', StringComparison.Ordinal) ? matches : $"^(?:{matches})$";
    }

    // Letters, digits and common signs, signs escaped, classes that name their members, groups that capture nothing of weight, counts. No dot
    // and no negated class (surrogates, line ends), no \d or \w (their letters differ), no options.
    [GeneratedRegex(@"\A(?:[\p{L}\p{N} _:;,=@#%&~'""!<>/-]|\\[\^$\\.*+?()\[\]{}|/]|\[(?:[^\\\[\]^\p{Cs}]|\\[\^$\\.*+?()\[\]{}|/-])(?:[^\\\[\]\p{Cs}]|\\[\^$\\.*+?()\[\]{}|/-])*\]|\((?:\?:)?|\)|[|^$]|[*+?]\??|\{\d+(?:,\d*)?\}\??)*\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Plain();
}
