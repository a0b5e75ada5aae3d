using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenData.Warehouse.Tests.Query.Evaluator;

internal sealed partial class Terms
{
    /// <summary>Texts that are easily got wrong; data has them in NFC.</summary>
    public static readonly string[] Samples =
        ["", "a", "A", "b", "Bàng", "bàng", "Bằng lăng", "Đa", "đa", "100%", "_", "\\", "'", "x'y", "a\\%_'", " Phượng ", "😀", "z😀z", "e\u0323", "\u0323", "\uE000", "\uFFFD", "null", "a+b", "\u00a0a\u3000", "Ôô"];

    // .NET and RE2 agree on these.
    private static readonly string[] Patterns = ["^a", "b$", "[a-zà]+n", "^$", "(?i)BÀNG", "x'y|100%", "\\\\", "^[^a-z]+$", "à{1,2}", "\\p{Lu}"];

    private Term Text(int depth)
    {
        if (depth <= 0 || Chance(3))
        {
            return TextLeaf();
        }

        return random.Next(8) switch
        {
            0 => Call(Kind.Text, "tolower", v => ((string)v[0]).ToLowerInvariant(), Text(depth - 1)),
            1 => Call(Kind.Text, "toupper", v => ((string)v[0]).ToUpperInvariant(), Text(depth - 1)),
            2 => Call(Kind.Text, "trim", v => ((string)v[0]).Trim(), Text(depth - 1)),
            3 or 4 => Call(Kind.Text, "concat", v => ((string)v[0] + (string)v[1]).Normalize(NormalizationForm.FormC), Text(depth - 1), Text(depth - 1)),
            5 => Call(Kind.Text, "substring", v => Substring((string)v[0], ((Number)v[1]).Unscaled, int.MaxValue), Text(depth - 1), Index(depth)),
            6 => Call(Kind.Text, "substring", v => Substring((string)v[0], ((Number)v[1]).Unscaled, ((Number)v[2]).Unscaled), Text(depth - 1), Index(depth), Index(depth)),
            _ => Choice(Kind.Text, depth),
        };
    }

    private Term TextLeaf()
    {
        if (Chance(16))
        {
            return Null(Kind.Text);
        }

        if (!Chance(3) && FieldOf(Kind.Text) is { } field)
        {
            return field;
        }

        var sample = Pick(Samples);
        var written = sample.Normalize(Chance(2) ? NormalizationForm.FormD : NormalizationForm.FormC);
        return Constant(Kind.Text, $"'{written.Replace("'", "''", StringComparison.Ordinal)}'", sample.Normalize(NormalizationForm.FormC));
    }

    private Term Index(int depth)
    {
        if (Chance(3) && Exact(depth - 1) is { Kind: Kind.Whole } index)
        {
            return index;
        }

        var at = random.Next(-3, 5);
        return Constant(Kind.Whole, at.ToString(CultureInfo.InvariantCulture), Number.Whole(at));
    }

    private Term TextTest(int depth)
    {
        var (a, b) = (Text(depth - 1), Text(depth - 1));
        return random.Next(4) switch
        {
            0 => Call(Kind.Boolean, "contains", v => ((string)v[0]).Contains((string)v[1], StringComparison.Ordinal), a, b),
            1 => Call(Kind.Boolean, "startswith", v => ((string)v[0]).StartsWith((string)v[1], StringComparison.Ordinal), a, b),
            2 => Call(Kind.Boolean, "endswith", v => ((string)v[0]).EndsWith((string)v[1], StringComparison.Ordinal), a, b),
            _ => Matched(a),
        };
    }

    private Term Matched(Term text)
    {
        var pattern = Pick(Patterns);
        return Call(
            Kind.Boolean,
            "matchesPattern",
            v => Regex.IsMatch((string)v[0], (string)v[1], RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10)),
            text,
            Constant(Kind.Text, $"'{pattern.Replace("'", "''", StringComparison.Ordinal)}'", pattern));
    }

    private static int IndexOf(string text, string part)
    {
        var at = text.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? -1 : text[..at].EnumerateRunes().Count();
    }

    private static string Substring(string text, BigInteger start, BigInteger length)
    {
        var runes = text.EnumerateRunes().ToList();
        var from = (int)(start < 0 ? BigInteger.Max(0, runes.Count + start) : BigInteger.Min(start, runes.Count));
        return string.Concat(runes.Skip(from).Take((int)BigInteger.Clamp(length, 0, runes.Count)));
    }
}
