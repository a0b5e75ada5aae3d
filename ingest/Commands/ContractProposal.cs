using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenData.Ingest.Commands;

/// <summary>
/// Pure: guesses a contract from a header and a sample. One contrary value makes a column text; a value with a leading zero makes it
/// a code for ever. The result is a draft: everything that only a person knows is marked.
/// </summary>
internal static partial class ContractProposal
{
    private static readonly string[] DateFormats = ["yyyy-MM-dd", "dd/MM/yyyy"];

    /// <summary>The draft as YAML.</summary>
    /// <param name="fileName">Name of the file; gives the dataset's name.</param>
    /// <param name="delimiter">Delimiter of the file.</param>
    /// <param name="header">Header fields.</param>
    /// <param name="records">Sampled records.</param>
    internal static string Yaml(string fileName, char delimiter, IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> records)
    {
        var names = Names(header);
        var values = header.Select((_, i) => records.Where(r => i < r.Count).Select(r => r[i].Trim()).Where(v => v.Length > 0).ToList()).ToList();
        var key = Enumerable.Range(0, header.Count).FirstOrDefault(i => IsKey(values[i], records.Count), -1);
        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $"# Draft from {records.Count} records of {fileName}. Types are guesses: check each one, and fill in what says CHANGE.\n");
        yaml.Append(CultureInfo.InvariantCulture, $"dataset: {Identifier(Path.GetFileNameWithoutExtension(fileName), "dataset")}\n");
        yaml.Append("title: { vi: CHANGE, en: CHANGE }\nsummary: { vi: CHANGE, en: CHANGE }\npublisher: CHANGE\ntheme: CHANGE\nlicense: CHANGE\n");
        yaml.Append(CultureInfo.InvariantCulture, $"source: {{ kind: csv, path: {Quoted(fileName)}, delimiter: {Quoted(delimiter.ToString())} }}\n");
        yaml.Append("load: replace\n");
        yaml.Append(key < 0 ? "key: row\n" : $"key: [{names[key]}]\n");
        yaml.Append("columns:\n");
        for (var i = 0; i < header.Count; i++)
        {
            var required = values[i].Count == records.Count ? ", required: true" : "";
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{ name: {names[i]}, from: {Quoted(header[i])}, {TypeOf(values[i])}{required}, title: {{ vi: {Quoted(header[i])}, en: CHANGE }} }}\n");
        }

        return yaml.ToString();
    }

    /// <summary>The guessed type with its format, as it stands in the contract.</summary>
    internal static string TypeOf(IReadOnlyList<string> values) => values switch
    {
        [] => "type: text",
        _ when values.Any(HasLeadingZero) && values.All(v => v.All(char.IsAsciiLetterOrDigit)) => "type: code",
        _ when values.All(v => v.Length <= 18 && WholeNumber().IsMatch(v)) => "type: integer",
        _ when values.Any(HasLeadingZero) => "type: text",
        _ when values.All(v => DecimalNumber().IsMatch(v)) => $"type: decimal({Precision(values)})",
        _ when values.All(v => ViNumber().IsMatch(v)) => $"type: decimal({Precision([.. values.Select(Plain)])}), number_format: vi",
        _ when values.All(v => v is "true" or "false") => "type: boolean",
        _ => DateFormats.FirstOrDefault(f => values.All(v => DateOnly.TryParseExact(v, f, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))) switch
        {
            "yyyy-MM-dd" => "type: date",
            { } format => $"type: date, format: {Quoted(format)}",
            null => "type: text",
        },
    };

    private static bool HasLeadingZero(string value) => value.Length > 1 && value[0] == '0' && char.IsAsciiDigit(value[1]);

    private static string Plain(string viNumber)
        => viNumber.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');

    private static string Precision(IReadOnlyList<string> plain)
    {
        var scale = plain.Max(v => v.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? v.Length - dot - 1 : 0);
        var whole = plain.Max(v => v.TrimStart('-').Split('.')[0].Length);
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Min(38, whole + scale + 2)},{scale}");
    }

    private static bool IsKey(List<string> values, int records)
        => values.Count == records && values.Distinct(StringComparer.Ordinal).Count() == records && values.All(v => v.Length <= 64);

    private static List<string> Names(IReadOnlyList<string> header)
    {
        var names = new List<string>();
        for (var i = 0; i < header.Count; i++)
        {
            var name = Identifier(header[i], string.Create(CultureInfo.InvariantCulture, $"column_{i + 1}"));
            names.Add(names.Contains(name, StringComparer.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"{name}_{i + 1}") : name);
        }

        return names;
    }

    // Marks off, đ to d, everything else that is no letter or digit to one underscore.
    private static string Identifier(string text, string otherwise)
    {
        var plain = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD).Replace('đ', 'd').Replace('Đ', 'd'))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                plain.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && plain.Length > 0 && plain[^1] != '_')
            {
                plain.Append('_');
            }
        }

        var name = plain.ToString().Trim('_');
        return name.Length > 0 && char.IsAsciiLetter(name[0]) ? name[..Math.Min(63, name.Length)].TrimEnd('_') : otherwise;
    }

    private static string Quoted(string text)
        => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\t", "\\t", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";

    [GeneratedRegex("^(0|-?[1-9][0-9]*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DecimalNumber();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,2}(\.[0-9]{3})*)(,[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ViNumber();
}
