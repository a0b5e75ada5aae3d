using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenData.Catalogs.Reading;

/// <summary>Checks that a pattern is one that RE2 takes and that cannot cost more than its length.</summary>
internal static partial class RegexText
{
    // RE2's own limit of one repetition; here it holds for nested repetitions together.
    private const int RepetitionsMax = 1000;
    private const int DepthMax = 20;

    /// <summary>What is wrong with the pattern; null when nothing is.</summary>
    public static string? Problem(string pattern)
    {
        long repetitions = 1;
        foreach (Match match in Repetition().Matches(pattern))
        {
            var most = match.Groups["max"].Length > 0 ? match.Groups["max"].ValueSpan : match.Groups["min"].ValueSpan;
            repetitions *= Math.Max(1, long.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : RepetitionsMax + 1);
            if (repetitions > RepetitionsMax)
            {
                return $"repeats more than {RepetitionsMax} times in all; write * or +, or smaller numbers";
            }
        }

        if (pattern.Count(c => c == '(') > DepthMax)
        {
            return $"has more than {DepthMax} groups; write a simpler one";
        }

        if (DotNetOnly(pattern) is { } construct)
        {
            return $"uses `{construct}`, which RE2 does not know; write it without";
        }

        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return null;
        }
        catch (ArgumentException e)
        {
            return $"is no regular expression: {e.Message}";
        }
        catch (NotSupportedException)
        {
            return "uses a look-around or a back-reference; RE2 knows neither";
        }
    }

    /// <summary>Constructs that .NET takes silently and RE2 does not: its own escapes, comments, flags, and classes in classes.</summary>
    private static string? DotNetOnly(string pattern)
    {
        var inClass = false;
        for (var i = 0; i + 1 < pattern.Length; i++)
        {
            var two = pattern.AsSpan(i, 2);
            if (two[0] == '\\')
            {
                if ("ZGKckeu".Contains(two[1], StringComparison.Ordinal))
                {
                    return two.ToString();
                }

                i++;
            }
            else if (inClass)
            {
                if (two is "-[" or "[:")
                {
                    return two.ToString();
                }

                inClass = two[0] != ']';
            }
            else if (two[0] == '[')
            {
                inClass = true;

                // A bracket that comes first, or first after ^, is a plain character.
                i += two[1] == '^' ? 1 : 0;
                i += i + 1 < pattern.Length && pattern[i + 1] == ']' ? 1 : 0;
            }
            else if (two is "(?" && i + 2 < pattern.Length && pattern[i + 2] is '#' or '\'' or 'n' or 'x')
            {
                return pattern.Substring(i, 3);
            }
        }

        return null;
    }

    [GeneratedRegex(@"\{(?<min>[0-9]+)(,(?<max>[0-9]*))?\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Repetition();
}
