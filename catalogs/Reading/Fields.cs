using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OpenData.Catalogs.Errors;

namespace OpenData.Catalogs.Reading;

/// <summary>
/// Reads the fields of one map by name and type. Unknown and missing fields are reported when it is made; a value that does not
/// fit is reported when it is read and then stands as absent, so that reading goes on.
/// </summary>
internal sealed class Fields
{
    private const int ListItemsMax = 10_000;

    private readonly Dictionary<string, YamlValue.Entry> _entries = new(StringComparer.Ordinal);
    private readonly string _shape;
    private readonly string _place;
    private readonly ProblemList _problems;

    /// <param name="map">The map.</param>
    /// <param name="shape">Name in <see cref="ContractShapes"/>.</param>
    /// <param name="place">How a sentence names the map, for example <c>column `fee`</c>.</param>
    /// <param name="problems">Where problems go.</param>
    public Fields(YamlValue.Map map, string shape, string place, ProblemList problems)
    {
        _shape = shape;
        _place = place;
        _problems = problems;
        Line = map.Line;
        var known = ContractShapes.All[shape];
        foreach (var entry in map.Entries)
        {
            if (known.Any(f => string.Equals(f.Name, entry.Key, StringComparison.Ordinal)))
            {
                _entries.Add(entry.Key, entry);
            }
            else
            {
                problems.Add(
                    CatalogErrors.UnknownField,
                    entry.Line,
                    $"{place} has no field `{YamlTree.Shown(entry.Key)}`{NearestName.Suggestion(entry.Key, known.Select(f => f.Name))}");
            }
        }

        foreach (var field in known.Where(f => f.Required))
        {
            if (Value(field.Name) is YamlValue.Scalar { IsNothing: true } or null)
            {
                Missing(field.Name, "");
            }
        }
    }

    /// <summary>Line of the map.</summary>
    public int Line { get; }

    /// <summary>How a sentence names the map.</summary>
    public string Place => _place;

    /// <summary>True when the field is there with something in it.</summary>
    public bool Has(string name) => Value(name) is not (null or YamlValue.Scalar { IsNothing: true });

    /// <summary>Line of the field, or of the map when it is absent.</summary>
    public int LineOf(string name) => Entry(name)?.Line ?? Line;

    /// <summary>The raw value; null when absent.</summary>
    public YamlValue? Value(string name) => Entry(name)?.Value;

    /// <summary>Reports the field's value as wrong.</summary>
    public void Bad(string name, string sentence) => Report(CatalogErrors.BadValue, name, sentence);

    /// <summary>Reports a problem on the field's line.</summary>
    public void Report(ErrorCode code, string name, string sentence) => _problems.Add(code, LineOf(name), $"{_place}: {sentence}");

    /// <summary>Reports a field that is absent and must not be.</summary>
    public void Missing(string name, string because)
        => _problems.Add(CatalogErrors.MissingField, LineOf(name), $"{_place} has no `{name}`{(because.Length == 0 ? "" : $", {because}")}; add it");

    /// <summary>A text without control characters; null when absent.</summary>
    public string? Text(string name, int charactersMax = 300)
    {
        if (Scalar(name) is not { } scalar)
        {
            return null;
        }

        if (scalar is { Plain: true, Text: "null" or "Null" or "NULL" })
        {
            Bad(name, $"`{name}` is null; leave the field out, or quote the word");
            return null;
        }

        if (string.IsNullOrWhiteSpace(scalar.Text))
        {
            Bad(name, $"`{name}` is empty; write a value or leave the field out");
            return null;
        }

        if (scalar.Text.Length > charactersMax)
        {
            Bad(name, $"`{name}` has {scalar.Text.Length} characters; at most {charactersMax} are taken");
            return null;
        }

        return scalar.Text.Trim();
    }

    /// <summary>One of the listed words; the default when absent.</summary>
    [return: NotNullIfNotNull(nameof(otherwise))]
    public string? Word(string name, IReadOnlyList<string> words, string? otherwise)
    {
        if (Scalar(name) is not { } scalar)
        {
            return otherwise;
        }

        if (words.Contains(scalar.Text, StringComparer.Ordinal))
        {
            return scalar.Text;
        }

        Bad(name, $"`{name}` is `{YamlTree.Shown(scalar.Text)}`{NearestName.Suggestion(scalar.Text, words)}");
        return otherwise;
    }

    /// <summary>The value that a word stands for; the shape's default when absent.</summary>
    public T Word<T>(string name, IReadOnlyDictionary<string, T> words)
        => words[Word(name, [.. words.Keys], ContractShapes.Default(_shape, name))];

    /// <summary><c>true</c> or <c>false</c>; null when absent.</summary>
    public bool? Flag(string name)
    {
        switch (Scalar(name)?.Text)
        {
            case null:
                return null;
            case "true":
                return true;
            case "false":
                return false;
            case var other:
                Bad(name, $"`{name}` is `{YamlTree.Shown(other)}`; write true or false");
                return null;
        }
    }

    /// <summary>A whole number within bounds; null when absent.</summary>
    public long? Whole(string name, long min, long max)
    {
        if (Scalar(name)?.Text is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Bad(name, $"`{name}` is `{YamlTree.Shown(text)}`; write a whole number from {min} to {max}");
        return null;
    }

    /// <summary>A share from 0 to 1; null when absent.</summary>
    public double? Share(string name)
    {
        if (Scalar(name)?.Text is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1)
        {
            return value;
        }

        Bad(name, $"`{name}` is `{YamlTree.Shown(text)}`; write a share from 0 to 1, for example 0.01");
        return null;
    }

    /// <summary>A day; null when absent.</summary>
    public DateOnly? Day(string name)
    {
        if (Scalar(name)?.Text is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Bad(name, $"`{name}` is `{YamlTree.Shown(text)}`; write a day as yyyy-MM-dd");
        return null;
    }

    /// <summary>A length of time in ISO 8601; null when absent.</summary>
    public TimeSpan? Duration(string name)
    {
        if (Scalar(name)?.Text is not { } text)
        {
            return null;
        }

        if (DurationText.TryParse(text, out var duration))
        {
            return duration;
        }

        Bad(name, $"`{name}` is `{YamlTree.Shown(text)}`; write an ISO 8601 duration of days, hours, minutes, seconds or weeks, for example PT36H or P30D");
        return null;
    }

    /// <summary>An IANA time zone; null when absent.</summary>
    public string? Zone(string name)
    {
        if (Text(name) is not { } zone)
        {
            return null;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId)
        {
            return zone;
        }

        Bad(name, $"`{name}` is `{YamlTree.Shown(zone)}`, which is no IANA time zone; write for example Asia/Ho_Chi_Minh");
        return null;
    }

    /// <summary>One character; null when absent.</summary>
    public char? Character(string name)
    {
        var text = Scalar(name)?.Text;
        if (text is null or { Length: 1 })
        {
            return text?[0];
        }

        Bad(name, $"`{name}` is `{YamlTree.Shown(text)}`; write one character in quotes (a tab is \"\\t\")");
        return null;
    }

    /// <summary>An exact number with a point; null when absent.</summary>
    public decimal? Number(string name)
    {
        if (Scalar(name)?.Text is not { } text)
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Bad(name, $"`{name}` is `{YamlTree.Shown(text)}`; write a number with a point");
        return null;
    }

    /// <summary>A text in both languages; null when absent or wrong.</summary>
    public LocalText? Local(string name, int charactersMax)
    {
        if (Map(name, "text", $"`{name}` of {_place}") is not { } text)
        {
            return null;
        }

        return text.Text("vi", charactersMax) is { } vi && text.Text("en", charactersMax) is { } en ? new LocalText(vi, en) : null;
    }

    /// <summary>The map of the field; null when absent or not a map.</summary>
    public Fields? Map(string name, string shape, string? place = null)
    {
        switch (Value(name))
        {
            case null or YamlValue.Scalar { IsNothing: true }:
                return null;
            case YamlValue.Map map:
                return new Fields(map, shape, place ?? $"`{name}`", _problems);
            case var other:
                Report(CatalogErrors.WrongShape, name, $"`{name}` is {other.Shape}; it must be a map of {FieldNames(shape)}");
                return null;
        }
    }

    /// <summary>The items of a list; empty when absent. A problem when it is not a list.</summary>
    public IReadOnlyList<YamlValue> Items(string name, string of)
    {
        switch (Value(name))
        {
            case null or YamlValue.Scalar { IsNothing: true }:
                return [];
            case YamlValue.List { Items.Count: > ListItemsMax }:
                Report(CatalogErrors.WrongShape, name, $"`{name}` has more than {ListItemsMax} items");
                return [];
            case YamlValue.List list:
                return list.Items;
            case var other:
                Report(CatalogErrors.WrongShape, name, $"`{name}` is {other.Shape}; it must be a list of {of}, for example [...]");
                return [];
        }
    }

    /// <summary>A list of texts, each once; empty when absent.</summary>
    public IReadOnlyList<string> Texts(string name, string of = "texts", bool allowEmpty = false)
    {
        var texts = new List<string>();
        foreach (var item in Items(name, of))
        {
            if (item is not YamlValue.Scalar scalar)
            {
                _problems.Add(CatalogErrors.WrongShape, item.Line, $"{_place}: `{name}` holds {item.Shape}; each item must be a single value");
            }
            else if (scalar.Text.Length == 0 && !allowEmpty)
            {
                _problems.Add(CatalogErrors.BadValue, item.Line, $"{_place}: `{name}` holds an empty item; remove it");
            }
            else if (texts.Contains(scalar.Text, StringComparer.Ordinal))
            {
                _problems.Add(CatalogErrors.Duplicate, item.Line, $"{_place}: `{name}` holds `{YamlTree.Shown(scalar.Text)}` twice");
            }
            else
            {
                texts.Add(scalar.Text);
            }
        }

        return texts;
    }

    /// <summary>A list of listed words, each once; the given list when absent.</summary>
    public IReadOnlyList<string> Words(string name, IReadOnlyList<string> words, IReadOnlyList<string> otherwise)
    {
        if (!Has(name))
        {
            return otherwise;
        }

        var texts = Texts(name, "words");
        foreach (var text in texts.Where(t => !words.Contains(t, StringComparer.Ordinal)))
        {
            Bad(name, $"`{name}` holds `{YamlTree.Shown(text)}`{NearestName.Suggestion(text, words)}");
        }

        return texts;
    }

    /// <summary>The field's single value; null when absent, with a problem when it is a list or a map.</summary>
    public YamlValue.Scalar? Scalar(string name)
    {
        switch (Value(name))
        {
            case null or YamlValue.Scalar { IsNothing: true }:
                return null;
            case YamlValue.Scalar scalar:
                return scalar;
            case var other:
                Report(CatalogErrors.WrongShape, name, $"`{name}` is {other.Shape}; it must be a single value");
                return null;
        }
    }

    private static string FieldNames(string shape) => string.Join(", ", ContractShapes.All[shape].Select(f => $"`{f.Name}`"));

    private YamlValue.Entry? Entry(string name)
    {
        // Asking for a field that the shape does not list would make the schema and the documents wrong.
        if (!ContractShapes.All[_shape].Any(f => string.Equals(f.Name, name, StringComparison.Ordinal)))
        {
            throw new InvalidOperationException($"{_shape} has no field {name}.");
        }

        return _entries.GetValueOrDefault(name);
    }
}
