using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenData.SampleAgencies.Tests;

/// <summary>
/// Counts a dataset's records again from what was served, by the rules of its contract written down a second time: each refused record
/// under its first rule, then duplicates and superseded records among the rest.
/// </summary>
internal sealed partial class Recount(IReadOnlyList<string> key, IReadOnlyList<string> values)
{
    private readonly List<(string Rule, Func<IReadOnlyDictionary<string, string>, bool> Passes)> _rules = [];

    public SortedDictionary<string, int> Refused { get; } = new(StringComparer.Ordinal);

    public int Received { get; private set; }

    public int Duplicates { get; private set; }

    public int Superseded { get; private set; }

    public List<IReadOnlyDictionary<string, string>> Good { get; } = [];

    /// <summary>A rule over the whole record.</summary>
    public Recount Rule(string name, Func<IReadOnlyDictionary<string, string>, bool> passes)
    {
        _rules.Add((name, passes));
        return this;
    }

    /// <summary>The field is there.</summary>
    public Recount Required(string field, string column) => Rule($"{column}:required", r => r[field].Length > 0);

    /// <summary>The field, where there is one, passes.</summary>
    public Recount Field(string field, string column, string rule, Func<string, bool> passes)
        => Rule($"{column}:{rule}", r => r[field].Length == 0 || passes(r[field]));

    /// <summary>Counts the records.</summary>
    public Recount Over(IEnumerable<IReadOnlyDictionary<string, string>> records)
    {
        var kept = new List<IReadOnlyDictionary<string, string>>();
        foreach (var record in records)
        {
            Received++;
            if (_rules.FirstOrDefault(r => !r.Passes(record)).Rule is { } rule)
            {
                Refused[rule] = Refused.GetValueOrDefault(rule) + 1;
            }
            else
            {
                kept.Add(record);
            }
        }

        foreach (var same in kept.GroupBy(r => string.Join('\u001f', key.Select(k => r[k]))))
        {
            var states = same.Select(r => string.Join('\u001f', values.Select(v => r[v]))).Distinct().Count();
            Duplicates += same.Count() - states;
            Superseded += states - 1;
            Good.Add(same.Last());
        }

        return this;
    }

    public static bool IsVietnameseNumber(string text) => VietnameseNumber().IsMatch(text);

    public static bool IsWhole(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    public static bool IsDate(string text, string format)
        => DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public static bool Matches(string text, string pattern) => Regex.IsMatch(text, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    public static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([0-9]{1,3}(\.[0-9]{3})*|[0-9]+)(,[0-9]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VietnameseNumber();
}
