using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>The query options of one request: known, allowed here, each once. Nothing is ignored.</summary>
internal sealed class ODataOptions
{
    private static readonly string[] Supported =
        ["filter", "search", "select", "orderby", "top", "skip", "count", "expand", "compute", "apply", "skiptoken", "deltatoken", "format"];

    private static readonly string[] Unsupported =
        ["levels", "index", "schemaversion", "id", "root"];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _aliases = new(StringComparer.OrdinalIgnoreCase);

    private ODataOptions()
    {
    }

    /// <summary>Parameter aliases by name with <c>@</c>.</summary>
    public IReadOnlyDictionary<string, string> Aliases => _aliases;

    /// <summary>Texts of the filters of the path, which come before everything else.</summary>
    public IReadOnlyList<string> PathFilters { get; private set; } = [];

    /// <summary>Text of <c>$filter</c>.</summary>
    public string? Filter => Text("filter");

    /// <summary>Text of <c>$search</c>.</summary>
    public string? Search => Text("search");

    /// <summary>Text of <c>$apply</c>.</summary>
    public string? Apply => Text("apply");

    /// <summary>Text of <c>$compute</c>.</summary>
    public string? Compute => Text("compute");

    /// <summary>Text of <c>$select</c>.</summary>
    public string? Select => Text("select");

    /// <summary>Text of <c>$expand</c>.</summary>
    public string? Expand => Text("expand");

    /// <summary>Text of <c>$orderby</c>.</summary>
    public string? OrderBy => Text("orderby");

    /// <summary>Value of <c>$format</c>.</summary>
    public string? Format => Text("format");

    /// <summary>Value of <c>asof</c>: a version or an instant.</summary>
    public string? AsOf => Text("asof");

    /// <summary>Value of <c>$skiptoken</c>.</summary>
    public string? SkipToken => Text("skiptoken");

    /// <summary>Value of <c>$deltatoken</c>.</summary>
    public string? DeltaToken => Text("deltatoken");

    /// <summary>Value of <c>$top</c>; null when absent.</summary>
    public long? Top { get; private set; }

    /// <summary>Value of <c>$skip</c>; 0 when absent.</summary>
    public long Skip { get; private set; }

    /// <summary>Value of <c>$count</c>.</summary>
    public bool Count { get; private set; }

    /// <summary>Reads and checks the options of a request, and takes over the filters of its path.</summary>
    /// <exception cref="OpenDataException">As the other.</exception>
    public static ODataOptions Read(ODataRequest request, params ReadOnlySpan<string> allowed)
    {
        var read = Read(request.Options, allowed);
        read.PathFilters = request.PathFilters;
        return read;
    }

    /// <summary>Reads and checks.</summary>
    /// <param name="options">Names and values as written.</param>
    /// <param name="allowed">Names (without <c>$</c>) that mean something at this address.</param>
    /// <exception cref="OpenDataException"><c>OD1205</c>, <c>OD1206</c>, <c>OD1207</c>, <c>OD1208</c>.</exception>
    public static ODataOptions Read(IEnumerable<KeyValuePair<string, string>> options, params ReadOnlySpan<string> allowed)
    {
        var read = new ODataOptions();
        foreach (var (written, value) in options)
        {
            read.Add(written, value, allowed);
        }

        read.Top = read.Text("top") is { } top ? Number("$top", top) : null;
        read.Skip = read.Text("skip") is { } skip ? Number("$skip", skip) : 0;
        read.Count = read.Text("count") is { } count && (count.ToUpperInvariant() switch
        {
            "TRUE" => true,
            "FALSE" => false,
            _ => throw Malformed("$count", "true, false"),
        });
        return read;
    }

    /// <summary>The options again as a query text, in a fixed order, escaped; with another token, or none.</summary>
    public string ToQuery(string? skipToken)
    {
        var parts = new List<string>();
        foreach (var (name, value) in Written())
        {
            parts.Add($"{name}={Escaped(value)}");
        }

        parts.AddRange(_aliases.Select(a => $"{a.Key}={Escaped(a.Value)}"));
        if (skipToken is not null)
        {
            parts.Add("$skiptoken=" + skipToken);
        }

        return string.Join('&', parts);
    }

    /// <summary>True when no option is given but these, named without <c>$</c>.</summary>
    public bool HasOnly(IReadOnlyCollection<string> names) => _values.Keys.All(names.Contains);

    /// <summary>Some of the options again as a query text, as <see cref="ToQuery"/>, with the aliases that these use.</summary>
    /// <param name="names">Names without <c>$</c>.</param>
    public string ToQueryOf(IReadOnlyCollection<string> names)
    {
        var kept = Written().Where(o => names.Contains(o.Name.TrimStart('$'))).ToList();
        var used = Mentioned(kept.Select(o => o.Value), _aliases);
        return string.Join('&', [.. kept.Select(o => $"{o.Name}={Escaped(o.Value)}"), .. _aliases.Where(a => used.Contains(a.Key)).Select(a => $"{a.Key}={Escaped(a.Value)}")]);
    }

    /// <summary>The aliases that stand in these texts, or in the texts of those.</summary>
    public static IReadOnlyCollection<string> Mentioned(IEnumerable<string> texts, IReadOnlyDictionary<string, string> aliases)
    {
        var mentioned = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var unread = new Queue<string>(texts);
        while (unread.TryDequeue(out var text))
        {
            foreach (var (alias, value) in aliases.Where(a => Mentions(text, a.Key) && mentioned.Add(a.Key)))
            {
                unread.Enqueue(value);
            }
        }

        return mentioned;
    }

    private static bool Mentions(string text, string alias)
    {
        for (var at = text.IndexOf(alias, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(alias, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + alias.Length;
            if (end == text.Length || !(char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            {
                return true;
            }
        }

        return false;
    }

    // Filters of the path stand in front, where they hold: they have been read by themselves, so they can be put together as texts.
    private IEnumerable<(string Name, string Value)> Written()
    {
        IReadOnlyList<string> filters = [.. Apply is null ? PathFilters : [], .. Filter is { } filter ? [filter] : Array.Empty<string>()];
        if (filters.Count > 0)
        {
            yield return ("$filter", filters is [var only] ? only : string.Join(" and ", filters.Select(f => $"({f})")));
        }

        if (Apply is { } apply)
        {
            yield return ("$apply", string.Concat(PathFilters.Select(f => $"filter({f})/")) + apply);
        }

        foreach (var name in new[] { "compute", "search", "select", "expand", "orderby", "top", "skip", "count", "format" })
        {
            if (Text(name) is { } value)
            {
                yield return ("$" + name, value);
            }
        }

        if (AsOf is { } asOf)
        {
            yield return ("asof", asOf);
        }
    }

    // What a query may hold as it is stays so: a link should not grow beyond the longest address that is taken.
    private static string Escaped(string value)
    {
        var text = new StringBuilder(Uri.EscapeDataString(value));
        foreach (var sign in "'(),:/@$*!")
        {
            text.Replace(Uri.HexEscape(sign), sign.ToString());
        }

        return text.ToString();
    }

    private void Add(string written, string value, ReadOnlySpan<string> allowed)
    {
        if (written.StartsWith('@'))
        {
            Once(_aliases, written, value, written);
            return;
        }

        var dollar = written.StartsWith('$');
        var name = (dollar ? written[1..] : written).ToLowerInvariant();
        if (Unsupported.Contains(name))
        {
            throw new OpenDataException(
                QueryErrors.NotSupported,
                new LocalText($"Dịch vụ chưa hỗ trợ ${name}.", $"This service does not support ${name}."));
        }

        var known = Supported.Contains(name) || (!dollar && name == "asof");
        if (!known)
        {
            throw new OpenDataException(
                QueryErrors.UnknownOption,
                new LocalText($"Không có tham số {Shortened(written)}.", $"There is no query option {Shortened(written)}."),
                suggestion: Suggested(name));
        }

        if (!allowed.Contains(name))
        {
            throw new OpenDataException(
                QueryErrors.UnknownOption,
                new LocalText($"Tham số {Shortened(written)} không dùng được ở địa chỉ này.", $"The query option {Shortened(written)} means nothing at this address."));
        }

        Once(_values, name, value, written);
    }

    private static void Once(Dictionary<string, string> values, string name, string value, string written)
    {
        if (!values.TryAdd(name, value))
        {
            throw new OpenDataException(
                QueryErrors.DuplicateOption,
                new LocalText($"Tham số {Shortened(written)} xuất hiện hai lần.", $"The query option {Shortened(written)} stands twice."));
        }
    }

    private static string? Suggested(string name)
    {
        var best = Supported.FirstOrDefault(s => s.StartsWith(name, StringComparison.Ordinal) || name.StartsWith(s, StringComparison.Ordinal))
            ?? Supported.FirstOrDefault(s => s.Length == name.Length && s.Zip(name).Count(p => p.First != p.Second) <= 2);
        return name.Length == 0 || best is null ? null : "$" + best;
    }

    private static long Number(string option, string text)
        => text.Length > 0 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Malformed(option, "0, 1, 2, …");

    private static OpenDataException Malformed(string option, string values) => new(
        QueryErrors.MalformedOption,
        new LocalText($"{option} chỉ nhận: {values}.", $"{option} takes: {values}."));

    private static string Shortened(string name) => name.Length > 60 ? name[..60] + "…" : name;

    private string? Text(string name) => _values.GetValueOrDefault(name);
}
