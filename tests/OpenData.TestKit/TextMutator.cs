using System.Globalization;
using System.Text;

namespace OpenData.TestKit;

/// <summary>Makes wrong texts of right ones: one random change each, or a few, the same for the same seed.</summary>
/// <param name="texts">Right texts.</param>
/// <param name="seed">Of all chance.</param>
public sealed class TextMutator(IReadOnlyList<string> texts, int seed)
{
    private const int LengthMax = 20_000;

    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{", "}", ",", ":", ";", "/", "//", "'", "''", "\"", "\\", "-", "+", "*", "=", "%", ".", "#", "@", "@p", "@@", "$", "&", "?", "!", "|", "<", "\0", "\t", "\n", "\r\n",
        " and ", " or ", "not ", " eq ", " in ", " has ", " mul ", " divby ", " add ", " as ", " asc", " desc", "null", "true", "INF", "-INF", "NaN", "$it/", "$count", "/$count", "any(", "/any(x:", "/all(x:", "case(",
        "now()", "duration'", "geography'", "binary'", "geography'Point(1 1)'", "Edm.", "Model.X", ".*", "AND", "OR ", "NOT ", "aggregate(", "groupby((", "filter(", "compute(", "topcount(", "concat(", "rollup(",
        "%27", "%20", "%2F", "%28", "%", "%zz", "%C3%28", "%00", "%F0%9F%98%80", "%u0041", "+", "\u0301", "\u0323", "\u200b", "\u202e", "\ufeff", "\u3000", "\u00a0", "đ", "Ḁ", "ﷺ", "İ", "ß", "😀", "\ud83d", "\ude00",
        "\uffff", "0", "9", "00", ".0", "e9", "e-9", "1e308", "1e-308", "9223372036854775807", "9223372036854775808", "79228162514264337593543950336", "2025-02-29", "9999-12-31", "0001-01-01T00:00Z", "24:00", "T", "Z", "+14:00",
    ];

    /// <summary>The text of a round.</summary>
    public string Text(int round)
    {
        var random = new Random(unchecked((seed * 1_000_003) + round));
        var text = new StringBuilder(texts[random.Next(texts.Count)]);
        for (var change = random.Next(3) > 0 ? 1 : random.Next(2, 6); change > 0 && text.Length < LengthMax; change--)
        {
            Change(text, random);
        }

        return text.ToString();
    }

    private void Change(StringBuilder text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(1, 9), text.Length - at);
        var part = text.ToString(at, length);
        switch (random.Next(12))
        {
            case 0 or 1:
                text.Remove(at, length);
                break;
            case 2 or 3 or 4:
                text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                break;
            case 5:
                text.Remove(at, length).Insert(at, Pieces[random.Next(Pieces.Length)]);
                break;
            case 6:
                text.Remove(at, length).Insert(random.Next(text.Length + 1), part);
                break;
            case 7:
                text.Insert(at, string.Concat(Enumerable.Repeat(part, random.Next(1, random.Next(4) == 0 ? 1_000 : 4))));
                break;
            case 8:
                var other = texts[random.Next(texts.Count)];
                var from = random.Next(other.Length);
                text.Insert(at, other.AsSpan(from, Math.Min(random.Next(1, 40), other.Length - from)));
                break;
            case 9:
                Nest(text, random);
                break;
            case 10:
                text.Insert(at, Digits(random));
                break;
            default:
                text.Insert(at, Rune.IsValid(random.Next(0x11_0000)) && Rune.TryCreate(random.Next(0x2_0000), out var rune) ? rune.ToString() : "\ud800");
                break;
        }
    }

    private static void Nest(StringBuilder text, Random random)
    {
        var depth = random.Next(1, random.Next(3) == 0 ? 400 : 40);
        var (open, close) = random.Next(8) switch
        {
            0 => ("not (", ")"),
            1 => ("-", ""),
            2 => ("not ", ""),
            3 => ("tolower(", ")"),
            4 => ("case(true:", ")"),
            5 => ("[", "]"),
            6 => ("tags/any(t:", ")"),
            _ => ("(", ")"),
        };
        text.Insert(0, string.Concat(Enumerable.Repeat(open, depth))).Append(string.Concat(Enumerable.Repeat(close, depth)));
    }

    private static string Digits(Random random)
    {
        var count = random.Next(1, random.Next(4) == 0 ? 2_000 : 40);
        return random.Next(3) switch
        {
            0 => string.Join(',', Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))),
            1 => new string('9', count) + "." + new string('9', count),
            _ => new string('9', count),
        };
    }
}
