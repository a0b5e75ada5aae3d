using System.Globalization;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Reading;

namespace OpenData.Catalogs.Frameworks;

/// <summary>One framework file → a framework, with every problem that the file alone shows.</summary>
internal sealed class FrameworkParser
{
    /// <summary>Greatest number of conditions of an automatic input.</summary>
    internal const int FiltersMax = 10;

    private const int NameCharactersMax = 300;

    private readonly ProblemList _problems;

    private FrameworkParser(ProblemList problems)
    {
        _problems = problems;
    }

    /// <summary>Reads a framework.</summary>
    /// <param name="text">The YAML, without byte order mark.</param>
    /// <param name="problems">Names the file and takes the problems.</param>
    /// <returns>What could be read, in spite of problems; null when nothing could.</returns>
    internal static Framework? Parse(string text, ProblemList problems)
        => YamlTree.Parse(text, problems) is { } map ? new FrameworkParser(problems).Read(map) : null;

    private Framework Read(YamlValue.Map map)
    {
        var root = new Fields(map, "framework", "the framework", _problems);
        var id = Id(root);
        var framework = new Framework(
            id,
            (int)(root.Whole("version", 1, 1_000_000) ?? 1),
            root.Local("title", NameCharactersMax) ?? Nothing,
            FrameworkWords.UnitLevels[root.Word("level", [.. FrameworkWords.UnitLevels.Keys], "province")],
            root.Number("total") ?? 1000,
            [.. Each(root, "main_indices", "main_index", "main indices", "main index").Select(ReadIndex)])
        {
            Note = root.Local("note", 2000),
            Act = root.Text("act"),
            From = root.Day("from"),
            To = root.Day("to"),
            Years = ReadYears(root),
            ComponentCount = (int?)root.Whole("component_count", 1, 100_000),
            Sourced = root.Flag("sourced") ?? false,
            Sources = root.Texts("sources"),
            RankBy = root.Word("rank_by", FrameworkWords.RankBases),
            Decimals = (int)(root.Whole("decimals", 0, 10) ?? 4),
            IsStructureOnly = root.Flag("structure_only") ?? false,
            Pillars = [.. Each(root, "pillars", "framework_pillar", "pillars", "pillar").Select(ReadPillar)],
            PeerGroups = [.. Each(root, "peer_groups", "framework_peer_group", "leagues", "league").Select(f => new PeerGroup(Code(f), Name(f)))],
            File = _problems.File,
        };
        if (_problems.IsEmpty)
        {
            // Fields that are wrong by themselves contradict nothing.
            FrameworkRules.Check(framework, root, Lines(map), _problems);
        }

        return framework;
    }

    private static LocalText Nothing { get; } = new("", "");

    private string Id(Fields root)
    {
        var expected = Path.GetFileNameWithoutExtension(_problems.File);
        var id = root.Text("framework");
        if (id is not null && !ContractParser.NamePattern().IsMatch(id))
        {
            root.Bad("framework", $"`{YamlTree.Shown(id)}` is no framework name; write 1 to 63 of a-z, 0-9 and _, a letter first");
        }
        else if (id is not null && !string.Equals(id, expected, StringComparison.Ordinal))
        {
            root.Report(CatalogErrors.FileName, "framework", $"the file is named {YamlTree.Shown(expected)}.yaml; name it {id}.yaml");
        }

        return id ?? expected;
    }

    private static List<int> ReadYears(Fields root)
    {
        var years = new List<int>();
        foreach (var text in root.Texts("years", "years"))
        {
            if (text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year > 2000)
            {
                years.Add(year);
            }
            else
            {
                root.Bad("years", $"`{YamlTree.Shown(text)}` is no year");
            }
        }

        return years;
    }

    private Pillar ReadPillar(Fields fields)
        => new(Code(fields), Name(fields), fields.Texts("main", "codes"), fields.Flag("sourced") ?? false) { Points = fields.Number("points") };

    private MainIndex ReadIndex(Fields fields)
        => new(
            Code(fields),
            Name(fields),
            Points(fields),
            [.. Each(fields, "components", "component", "components", "component").Select(ReadComponent)])
        {
            ComponentCount = (int?)fields.Whole("component_count", 1, 10_000),
            Sourced = fields.Flag("sourced") ?? false,
        };

    private Component ReadComponent(Fields fields)
        => new(Code(fields), Name(fields), Points(fields) ?? 0, FormulaParser.Read(fields, _problems) ?? new Formula.Boolean())
        {
            Sourced = fields.Flag("sourced") ?? false,
            Inputs = [.. Each(fields, "inputs", "component_input", "inputs", "input").Select(f => new ComponentInput(f.Text("role") ?? "", f.Local("title", NameCharactersMax) ?? Nothing, f.Text("unit", 40)))],
            NotApplicable = fields.Word("not_applicable", FrameworkWords.NotApplicableRules),
            Missing = fields.Word("missing", FrameworkWords.MissingRules),
            Decimals = (int?)fields.Whole("decimals", 0, 10),
            Evidence = fields.Local("evidence", NameCharactersMax),
            Supplier = fields.Text("supplier"),
            Verifier = fields.Text("verifier"),
            Automatic = [.. Each(fields, "automatic", "component_automatic", "queries", "automatic input").Select(ReadAutomatic)],
        };

    private AutomaticInput ReadAutomatic(Fields fields)
        => new(
            fields.Text("role") ?? "",
            fields.Text("dataset") ?? "",
            fields.Text("unit") ?? "",
            FrameworkWords.Measures[fields.Word("measure", [.. FrameworkWords.Measures.Keys], "count")])
        {
            Column = fields.Text("column"),
            PeriodColumn = fields.Text("period"),
            Filter = [.. Each(fields, "filter", "automatic_filter", "conditions", "condition").Take(FiltersMax + 1).Select(ReadFilter)],
        };

    private static AutomaticFilter ReadFilter(Fields fields)
    {
        if (fields.Has("equals") == fields.Has("in"))
        {
            fields.Report(CatalogErrors.Contradiction, "column", "a condition has either `equals` or `in`");
        }

        return new AutomaticFilter(fields.Text("column") ?? "", fields.Text("equals") is { } one ? [one] : fields.Texts("in", "values"));
    }

    private static string Code(Fields fields) => fields.Text("code", 40) ?? "";

    private static LocalText Name(Fields fields) => fields.Local("name", NameCharactersMax) ?? Nothing;

    private static decimal? Points(Fields fields)
    {
        var points = fields.Number("points");
        if (points is < 0)
        {
            fields.Bad("points", "`points` is below zero");
        }

        return points;
    }

    private IEnumerable<Fields> Each(Fields fields, string list, string shape, string of, string one)
    {
        foreach (var item in fields.Items(list, of))
        {
            if (item is YamlValue.Map map)
            {
                var code = (map.Entries.FirstOrDefault(e => e.Key is "code" or "role" or "column")?.Value as YamlValue.Scalar)?.Text ?? "?";
                yield return new Fields(map, shape, $"{one} `{YamlTree.Shown(code)}`", _problems);
            }
            else
            {
                _problems.Add(CatalogErrors.WrongShape, item.Line, $"an entry of `{list}` is {item.Shape}; it must be a map of fields");
            }
        }
    }

    /// <summary>Line of each main index and component by code, for rules that look at several.</summary>
    private static Dictionary<string, int> Lines(YamlValue.Map root)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        Walk(root, "");
        return lines;

        void Walk(YamlValue value, string path)
        {
            switch (value)
            {
                case YamlValue.List list:
                    foreach (var item in list.Items)
                    {
                        Walk(item, path);
                    }

                    break;
                case YamlValue.Map map:
                    if (map.Entries.FirstOrDefault(e => e.Key == "code")?.Value is YamlValue.Scalar code)
                    {
                        lines.TryAdd($"{path}/{code.Text}", map.Line);
                    }

                    foreach (var entry in map.Entries.Where(e => e.Key is "main_indices" or "components" or "pillars" or "peer_groups"))
                    {
                        Walk(entry.Value, entry.Key);
                    }

                    break;
            }
        }
    }
}
