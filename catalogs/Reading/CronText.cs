using System.Globalization;

namespace OpenData.Catalogs.Reading;

/// <summary>Checks Quartz cron expressions: seconds, minutes, hours, day of month, month, day of week, optional year.</summary>
internal static class CronText
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>What is wrong with the expression; null when nothing is.</summary>
    public static string? Problem(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is not (6 or 7))
        {
            return $"has {fields.Length} fields; Quartz takes six: second, minute, hour, day of month, month, day of week (and a year, if need be)";
        }

        if ((fields[3] == "?") == (fields[5] == "?"))
        {
            return "must have `?` in exactly one of day of month (fourth field) and day of week (sixth field)";
        }

        return Field(fields[0], "second", 0, 59, [])
            ?? Field(fields[1], "minute", 0, 59, [])
            ?? Field(fields[2], "hour", 0, 23, [])
            ?? DayOfMonth(fields[3])
            ?? Field(fields[4], "month", 1, 12, Months)
            ?? DayOfWeek(fields[5])
            ?? (fields.Length == 7 ? Field(fields[6], "year", 1970, 2199, []) : null);
    }

    private static string? DayOfMonth(string field)
    {
        if (field is "?" or "L" or "LW")
        {
            return null;
        }

        if (field.StartsWith("L-", StringComparison.Ordinal))
        {
            return Number(field[2..], 1, 30, []) is null ? Wrong("day of month", field, 1, 31) : null;
        }

        return field.EndsWith('W') && Number(field[..^1], 1, 31, []) is not null ? null : Field(field, "day of month", 1, 31, []);
    }

    private static string? DayOfWeek(string field)
    {
        if (field is "?" or "L")
        {
            return null;
        }

        if (field.EndsWith('L') && Number(field[..^1], 1, 7, Days) is not null)
        {
            return null;
        }

        return field.Split('#') is [var day, var nth]
            ? Number(day, 1, 7, Days) is null || Number(nth, 1, 5, []) is null ? Wrong("day of week", field, 1, 7) : null
            : Field(field, "day of week", 1, 7, Days);
    }

    private static string? Field(string field, string name, int min, int max, string[] words)
    {
        foreach (var part in field.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var only] => (only, "1"),
                [var left, var right] => (left, right),
                _ => ("", ""),
            };
            var ends = range.Split('-');
            var fits = Number(step, 1, max, []) is not null && (range == "*" || ends switch
            {
                [var one] => Number(one, min, max, words) is not null,
                [var from, var to] => Number(from, min, max, words) is not null && Number(to, min, max, words) is not null,
                _ => false,
            });
            if (!fits)
            {
                return Wrong(name, part, min, max);
            }
        }

        return null;
    }

    private static int? Number(string text, int min, int max, string[] words)
    {
        var word = Array.FindIndex(words, w => string.Equals(w, text, StringComparison.OrdinalIgnoreCase));
        if (word >= 0)
        {
            return word + 1;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value : null;
    }

    private static string Wrong(string name, string text, int min, int max)
        => $"has `{YamlTree.Shown(text)}` as its {name}; write {min} to {max}, *, a range a-b, a list a,b or a step a/n";
}
