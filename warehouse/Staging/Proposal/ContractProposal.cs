using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Guesses a contract from a sample file for a person to correct and accept. Guesses never reach a run: types come from contracts only.
/// </summary>
public static class ContractProposal
{
    private const int RecordsMax = 10_000;

    /// <summary>Contract YAML with remarks where the sample leaves a doubt.</summary>
    /// <param name="path">A CSV, JSON, NDJSON, GeoJSON or XLSX file.</param>
    /// <exception cref="OpenDataException">OD21xx: the sample cannot be read.</exception>
    public static string Propose(string path)
    {
        var sample = ProposalSample.Read(path, RecordsMax);
        var name = new ColumnGuess(Path.GetFileNameWithoutExtension(path)).Name;
        var yaml = new StringBuilder();
        Line(yaml, "# Proposed from a sample; types are guesses until a person has checked them.");
        Line(yaml, $"dataset: {name}");
        Line(yaml, $"title: {{ vi: {Quoted(name)}, en: {Quoted(name)} }}");
        Line(yaml, $"summary: {{ vi: {Quoted(name)}, en: {Quoted(name)} }}");
        Line(yaml, "publisher: CHANGE_ME");
        Line(yaml, "theme: CHANGE_ME");
        Line(yaml, "license: CHANGE_ME");
        Line(yaml, "access: open");
        Line(yaml, "source:");
        Source(yaml, sample.Source);
        Line(yaml, "load: replace");
        Line(yaml, $"key: [{Key(sample.Columns)}]");
        Line(yaml, "columns:");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in sample.Columns)
        {
            Column(yaml, column, names);
        }

        return yaml.ToString();
    }

    private static void Source(StringBuilder yaml, SourceBinding source)
    {
        Line(yaml, $"  kind: {source.Kind}");
        Line(yaml, "  path: CHANGE_ME");
        if (source.Encoding != "utf-8")
        {
            Line(yaml, $"  encoding: {source.Encoding}");
        }

        if (source.Kind == "csv" && source.Delimiter != ',')
        {
            Line(yaml, $"  delimiter: {Quoted(source.Delimiter.ToString())}");
        }

        if (source.SkipRows > 0)
        {
            Line(yaml, $"  skip_rows: {source.SkipRows.ToString(CultureInfo.InvariantCulture)}");
        }

        if (source.Records is { } records)
        {
            Line(yaml, $"  records: {Quoted(records)}");
        }
    }

    // Every record of the sample has another value there: it may be the key, and a person decides.
    private static string Key(IReadOnlyList<ColumnGuess> columns)
        => columns.FirstOrDefault(c => c.IsUnique)?.Name ?? "row";

    private static void Column(StringBuilder yaml, ColumnGuess column, HashSet<string> names)
    {
        var (fields, remark) = column.Guess();
        var name = column.Name;
        for (var number = 2; !names.Add(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{column.Name}_{number}");
        }

        var from = column.Source == name ? "" : $", from: {Quoted(column.Source)}";
        var required = column.Values > 0 && column.Blanks == 0 ? ", required: true" : "";
        var title = Quoted(column.Source);
        Line(yaml, $"  - {{ name: {name}{from}, {fields}{required}, title: {{ vi: {title}, en: {title} }} }}{(remark is null ? "" : " # " + remark)}");
    }

    // JSON strings are YAML strings.
    private static string Quoted(string text) => JsonSerializer.Serialize(text, ProposalJson.Options);

    private static void Line(StringBuilder yaml, string line) => yaml.Append(line).Append('\n');
}
