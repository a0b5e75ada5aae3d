using OpenData.Catalogs.Errors;

namespace OpenData.Catalogs.Reading;

/// <content>Rules beyond the columns' own.</content>
internal sealed partial class ContractParser
{
    private List<Expectation> ReadExpectations(Fields root)
    {
        var expectations = new List<Expectation>();
        foreach (var item in root.Items("expectations", "rules"))
        {
            if (item is not YamlValue.Map map)
            {
                _problems.Add(CatalogErrors.WrongShape, item.Line, $"an expectation is {item.Shape}; it must be a map with `rule`");
                continue;
            }

            if (ReadExpectation(map) is not { } read)
            {
                continue;
            }

            if (expectations.Any(e => e.Name == read.Name))
            {
                _problems.Add(CatalogErrors.Duplicate, item.Line, $"the expectation {YamlTree.Shown(read.Name)} stands here again; remove one, or give another label");
            }

            _lines[$"expectations.{expectations.Count}"] = item.Line;
            expectations.Add(read);
        }

        return expectations;
    }

    private Expectation? ReadExpectation(YamlValue.Map map)
    {
        var entry = map.Entries.FirstOrDefault(e => e.Key == "rule");
        if (entry?.Value is not YamlValue.Scalar { Text: var rule })
        {
            _problems.Add(CatalogErrors.MissingField, map.Line, $"an expectation has no `rule`; write one of {string.Join(", ", ContractWords.Rules)}");
            return null;
        }

        if (!ContractWords.Rules.Contains(rule))
        {
            _problems.Add(CatalogErrors.BadValue, entry.Line, $"`{YamlTree.Shown(rule)}` is no rule{NearestName.Suggestion(rule, ContractWords.Rules)}");
            return null;
        }

        var fields = new Fields(map, $"expectation_{rule}", $"the {rule} expectation", _problems);
        var onFail = fields.Word("on_fail", ContractWords.OnFails);
        switch (rule)
        {
            case "unique":
                return ReadUnique(fields, onFail);
            case "sql":
                return ReadCheck(fields, onFail);
            case "exists_in":
                return ReadExistsIn(fields, onFail);
            case "row_count":
                OfWhole(fields, onFail);
                return ReadRowCount(fields, onFail);
            default:
                OfWhole(fields, onFail);
                return fields.Share("max") is { } max ? new QuarantineShareExpectation(max, onFail) : null;
        }
    }

    private UniqueExpectation? ReadUnique(Fields fields, OnFail onFail)
    {
        var columns = fields.Texts("columns", "columns");
        if (columns.Count == 0)
        {
            if (fields.Value("columns") is YamlValue.List)
            {
                fields.Bad("columns", "`columns` is empty; list the columns that must differ");
            }

            return null;
        }

        return columns.Count(name => IsPublicColumn(fields, "columns", name)) == columns.Count ? new UniqueExpectation(columns, onFail) : null;
    }

    private SqlExpectation? ReadCheck(Fields fields, OnFail onFail)
    {
        var label = fields.Text("label", 63);
        if (fields.Text("check", SqlCharactersMax) is not { } check)
        {
            return null;
        }

        var (words, problem) = SqlWords.Of(check);
        if (problem is not null)
        {
            fields.Bad("check", $"the check cannot be taken: {problem}");
        }

        foreach (var personal in _columns.Where(c => c.Personal && words.Contains(c.Name)))
        {
            fields.Report(CatalogErrors.PersonalColumn, "check", $"the check uses `{personal.Name}`, which is personal: it is dropped at the door and cannot be used");
        }

        if (words.Intersect(["select", "from"], StringComparer.Ordinal).Any())
        {
            fields.Bad("check", "the check must be one expression over the row, without SELECT or FROM; use exists_in to look into another dataset");
        }

        return new SqlExpectation(check, label, onFail);
    }

    private ExistsInExpectation? ReadExistsIn(Fields fields, OnFail onFail)
    {
        var column = fields.Text("column");
        var dataset = fields.Text("dataset");
        var match = fields.Text("match");
        return column is not null && IsPublicColumn(fields, "column", column) && dataset is not null && match is not null
            ? new ExistsInExpectation(column, dataset, match, onFail)
            : null;
    }

    private static RowCountExpectation ReadRowCount(Fields fields, OnFail onFail)
    {
        var min = fields.Whole("min", 0, long.MaxValue);
        var max = fields.Whole("max", 0, long.MaxValue);
        if (!fields.Has("min") && !fields.Has("max") && !fields.Has("shrink_max"))
        {
            fields.Missing("min", "nor `max`, nor `shrink_max`, so it checks nothing");
        }

        if (min > max)
        {
            fields.Report(CatalogErrors.Contradiction, "min", $"`min` {min} is greater than `max` {max}");
        }

        return new RowCountExpectation(min, max, fields.Share("shrink_max"), onFail);
    }

    private static void OfWhole(Fields fields, OnFail onFail)
    {
        if (onFail == OnFail.Quarantine)
        {
            fields.Report(CatalogErrors.Contradiction, "on_fail", "the rule is about the whole input, so there is no row to quarantine; write block or warn");
        }
    }
}
