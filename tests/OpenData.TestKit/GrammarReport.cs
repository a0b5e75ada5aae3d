using System.Globalization;
using System.Text;

namespace OpenData.TestKit;

/// <summary>What came of cases, rule by rule: as the grammar says, refused as not supported, or otherwise with a reason.</summary>
/// <param name="exceptions">Reason by <see cref="GrammarCase.Id"/> for every case that goes or fails elsewhere than the grammar says.</param>
public sealed class GrammarReport(IReadOnlyDictionary<string, string> exceptions)
{
    private const string NotSupported = "OD1205";

    private readonly SortedDictionary<string, int[]> _counts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<string>> _reasons = new(StringComparer.Ordinal);
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private readonly StringBuilder _wrong = new();
    private readonly StringBuilder _listing = new();

    /// <summary>Cases that go against the grammar without a reason, and reasons that no case needs; empty when all is well.</summary>
    public string Wrong
    {
        get
        {
            var unused = exceptions.Keys.Where(k => !_met.Contains(k)).Select(k => $"No exception any more: {k}\n");
            return _wrong + string.Concat(unused);
        }
    }

    /// <summary>Every case that does not simply parse, one a line, with what it gets.</summary>
    public string Listing => _listing.ToString();

    /// <summary>The table of a document: rules with their counts, then the exceptions with their reasons.</summary>
    public string Table
    {
        get
        {
            var text = new StringBuilder("| Rule | Cases | As the grammar says | 501 | Otherwise |\n|---|--:|--:|--:|--:|\n");
            foreach (var (rule, n) in _counts)
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{rule}` | {n[0]} | {n[1]} | {n[2]} | {n[3]} |\n");
            }

            var all = Enumerable.Range(0, 4).Select(i => _counts.Values.Sum(n => n[i])).ToList();
            text.Append(CultureInfo.InvariantCulture, $"| all | {all[0]} | {all[1]} | {all[2]} | {all[3]} |\n");
            foreach (var (reason, cases) in _reasons)
            {
                text.Append("\n- ").Append(reason).Append('\n');
                foreach (var one in cases)
                {
                    text.Append("  - `` ").Append(string.Join(' ', one.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Append(" ``\n");
                }
            }

            return text.ToString();
        }
    }

    /// <summary>Adds one case.</summary>
    /// <param name="one">The case.</param>
    /// <param name="code">Code of the failure; null when the text was read.</param>
    /// <param name="at">Position of the failure in the case's own text; null when it has none.</param>
    /// <param name="message">The failure's sentence.</param>
    public void Add(GrammarCase one, string? code, int? at = null, string? message = null)
    {
        if (code is not null)
        {
            var place = at is null ? "" : string.Create(CultureInfo.InvariantCulture, $" at {at}");
            var expected = one.FailAt is null ? "" : string.Create(CultureInfo.InvariantCulture, $" (fails at {one.FailAt})");
            _listing.Append(CultureInfo.InvariantCulture, $"{one.Id.ReplaceLineEndings(" ")}\n   {code}{place}{expected}\n");
        }

        var isRefused = code is not null;
        var goes = one.IsUnsupported ? code == NotSupported
            : one.FailAt is null ? !isRefused || code == NotSupported
            : isRefused;
        // The place of what is not supported is where it begins, whatever else is wrong in it.
        var isElsewhere = one.FailAt is { } expectedAt && at is { } foundAt && foundAt != expectedAt && code != NotSupported;
        var count = _counts.TryGetValue(one.Rule, out var known) ? known : _counts[one.Rule] = new int[4];
        count[0]++;
        count[!goes ? 3 : one.FailAt is null && isRefused ? 2 : 1]++;
        if (goes && !isElsewhere)
        {
            return;
        }

        if (!exceptions.TryGetValue(one.Id, out var reason))
        {
            _wrong.Append(CultureInfo.InvariantCulture, $"{one.Id}\n   must {(one.FailAt is null ? "parse" : $"fail at {one.FailAt}")}: {code ?? "parsed"} at {at}: {message}\n");
        }
        else if (_met.Add(one.Id))
        {
            var cases = _reasons.TryGetValue(reason, out var listed) ? listed : _reasons[reason] = [];
            cases.Add(one.Id);
        }
    }

    /// <summary>Position in a percent-encoded text of a position in what it means.</summary>
    /// <param name="raw">The text as it stands in an address.</param>
    /// <param name="position">Position in the decoded text.</param>
    public static int RawPosition(string raw, int position)
    {
        var text = Uri.UnescapeDataString(raw);
        for (var at = 0; at < raw.Length; at++)
        {
            var inEscape = (at > 0 && raw[at - 1] == '%') || (at > 1 && raw[at - 2] == '%');
            if (!inEscape && text.Length - Uri.UnescapeDataString(raw[at..]).Length == position)
            {
                return at;
            }
        }

        return raw.Length;
    }

    /// <summary>Compares the table with the part of a document between <c>&lt;!-- name --&gt;</c> and the next comment; <c>OPENDATA_GOLDEN=accept</c> writes it.</summary>
    public void MatchDocument(string file, string name)
    {
        var path = Repository.File(file);
        var document = File.ReadAllText(path);
        var start = $"<!-- {name} -->\n";
        var from = document.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var to = document.IndexOf("<!-- end -->", from, StringComparison.Ordinal);
        if (from < start.Length || to < 0)
        {
            throw new InvalidOperationException($"{file} has no part {name}.");
        }

        var table = $"\n{Table}\n";
        if (Environment.GetEnvironmentVariable("OPENDATA_GOLDEN") == "accept")
        {
            File.WriteAllBytes(path, Encoding.UTF8.GetBytes(document[..from] + table + document[to..]));
        }
        else if (document[from..to] != table)
        {
            throw new InvalidOperationException($"{file} does not say what came of the cases. Run ./dev golden when the change is meant.\n{table}");
        }
    }
}
