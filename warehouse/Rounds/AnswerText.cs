using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Rounds;

/// <summary>Pure: answers as the texts that the database and the audit log hold.</summary>
public static class AnswerText
{
    /// <summary>Numbers by role, roles in order, for example <c>{"a":"12","b":"16.5"}</c>: texts, so that no reader makes them binary.</summary>
    internal static string OfNumbers(IReadOnlyDictionary<string, decimal> numbers)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (role, number) in numbers.OrderBy(n => n.Key, StringComparer.Ordinal))
            {
                json.WriteString(role, Of(number));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>The numbers of such a text.</summary>
    internal static IReadOnlyDictionary<string, decimal> ToNumbers(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => Number(p.Value.GetString()!), StringComparer.Ordinal); // Written as texts.
    }

    /// <summary>One line that tells of an answer.</summary>
    internal static string Line(ComponentAnswer answer) => answer switch
    {
        { Kind: AnswerKind.NotApplicable } => "not applicable",
        { Kind: AnswerKind.Missing } => "missing",
        { SetShare: { } share } => $"share {Of(share)}",
        { Level: { } level } => level,
        _ => string.Join(", ", answer.Numbers.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => $"{n.Key} = {Of(n.Value)}")),
    };

    /// <summary>True when both say the same.</summary>
    public static bool Same(ComponentAnswer one, ComponentAnswer other)
        => one.Kind == other.Kind && one.Level == other.Level && one.SetShare == other.SetShare
            && one.Numbers.Count == other.Numbers.Count && one.Numbers.All(n => other.Numbers.TryGetValue(n.Key, out var value) && value == n.Value);

    /// <summary>Plain digits without needless zeros.</summary>
    public static string Of(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>The number of such a text.</summary>
    internal static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
