using System.Text.RegularExpressions;
using OpenData.Catalogs.Errors;

namespace OpenData.Catalogs.Reading;

/// <content>Relations, disclosure, keeping, law and contact.</content>
internal sealed partial class ContractParser
{
    private List<RelationContract> ReadRelations(Fields root)
    {
        var relations = new List<RelationContract>();
        switch (root.Value("relations"))
        {
            case null or YamlValue.Scalar { IsNothing: true }:
                break;
            case YamlValue.Map map:
                foreach (var entry in map.Entries)
                {
                    if (ReadRelation(entry) is { } relation)
                    {
                        relations.Add(relation);
                    }
                }

                break;
            case var other:
                root.Report(CatalogErrors.WrongShape, "relations", $"`relations` is {other.Shape}; it must be a map of names, each with `to` and `on`");
                break;
        }

        return relations;
    }

    private RelationContract? ReadRelation(YamlValue.Entry entry)
    {
        if (entry.Value is not YamlValue.Map map)
        {
            _problems.Add(CatalogErrors.WrongShape, entry.Line, $"relation `{YamlTree.Shown(entry.Key)}` is {entry.Value.Shape}; it must be a map with `to` and `on`");
            return null;
        }

        if (!NamePattern().IsMatch(entry.Key))
        {
            _problems.Add(CatalogErrors.BadValue, entry.Line, $"`{YamlTree.Shown(entry.Key)}` is no relation name; write a-z, 0-9 and _, a letter first");
        }

        if (_columnNames.Contains(entry.Key))
        {
            _problems.Add(CatalogErrors.Duplicate, entry.Line, $"relation `{entry.Key}` has the name of a column; both would be properties of a row, so choose another");
        }

        var fields = new Fields(map, "relation", $"relation `{YamlTree.Shown(entry.Key)}`", _problems);
        _lines[$"relations.{entry.Key}"] = entry.Line;
        var on = ReadOn(fields);
        var asAt = fields.Text("as_at");
        if (asAt is not null && IsPublicColumn(fields, "as_at", asAt)
            && _columns.First(c => c.Name == asAt).Type.Kind is not (ColumnKind.Date or ColumnKind.Timestamp))
        {
            fields.Report(CatalogErrors.Contradiction, "as_at", $"`{asAt}` is no moment; name a column of type date or timestamp");
        }

        return fields.Text("to") is { } to ? new RelationContract(entry.Key, to, on, asAt) : null;
    }

    private Dictionary<string, string> ReadOn(Fields relation)
    {
        var on = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (relation.Value("on"))
        {
            case null or YamlValue.Scalar { IsNothing: true }:
                break;
            case YamlValue.Map { Entries.Count: > 0 } map:
                foreach (var pair in map.Entries)
                {
                    if (pair.Value is not YamlValue.Scalar { Text.Length: > 0 } target)
                    {
                        _problems.Add(CatalogErrors.WrongShape, pair.Line, $"{relation.Place}: `on` has no target column for `{YamlTree.Shown(pair.Key)}`; write {{ own_column: its_column }}");
                    }
                    else if (IsPublicColumn(relation, "on", pair.Key))
                    {
                        on.Add(pair.Key, target.Text);
                    }
                }

                break;
            case var other:
                relation.Report(CatalogErrors.WrongShape, "on", $"`on` is {(other is YamlValue.Map ? "empty" : other.Shape)}; it must be a map {{ own_column: its_column }}");
                break;
        }

        return on;
    }

    private static DriftPolicy ReadDrift(Fields root)
    {
        var drift = root.Map("drift", "drift");
        return new DriftPolicy(
            drift?.Word("new_column", ContractWords.NewColumns, "propose") ?? "propose",
            drift?.Word("missing_column", ContractWords.MissingColumns, "block") ?? "block",
            drift?.Word("type", ContractWords.TypeDrifts, "quarantine") ?? "quarantine");
    }

    private static DeletionMark? ReadDeletions(Fields root)
        => root.Map("deletions", "deletions") is { } deletions
            ? new DeletionMark(deletions.Text("from") ?? "", deletions.Texts("values"))
            : null;

    private SuppressionRule? ReadSuppress(Fields root, List<string> key)
    {
        if (root.Map("suppress", "suppress") is not { } suppress)
        {
            return null;
        }

        var when = suppress.Map("when", "suppress_when", "`suppress.when`");
        var count = when?.Text("column");
        if (count is not null && IsPublicColumn(when!, "column", count) && _columns.First(c => c.Name == count).Type.Kind != ColumnKind.Integer)
        {
            when!.Report(CatalogErrors.Contradiction, "column", $"`{count}` counts people or cases, so its type must be integer");
        }

        var columns = suppress.Texts("columns", "columns");
        if (columns.Count == 0 && suppress.Value("columns") is YamlValue.List)
        {
            suppress.Bad("columns", "`columns` is empty; list the columns to empty, the count among them");
        }

        foreach (var name in columns.Where(c => IsPublicColumn(suppress, "columns", c)))
        {
            CheckSuppressedColumn(root, suppress, key, name);
        }

        if (count is not null && columns.Count > 0 && !columns.Contains(count))
        {
            suppress.Report(CatalogErrors.Disclosure, "columns", $"the small count itself, `{count}`, would stay visible; add it to `columns`");
        }

        var within = suppress.Texts("within", "columns");
        foreach (var name in within.Where(c => IsPublicColumn(suppress, "within", c)))
        {
            if (columns.Contains(name))
            {
                suppress.Report(CatalogErrors.Contradiction, "within", $"`{name}` is in `columns` and in `within`; a group is named by columns that stay");
            }
        }

        return new SuppressionRule(count ?? "", when?.Whole("count_below", 2, 1000) ?? 2, columns, within);
    }

    private void CheckSuppressedColumn(Fields root, Fields suppress, List<string> key, string name)
    {
        if (key.Contains(name))
        {
            suppress.Report(CatalogErrors.Disclosure, "columns", $"`{name}` is part of the key and cannot be emptied; keep it out of `key` or out of `columns`");
        }
        else if (_columns.First(c => c.Name == name).Required)
        {
            suppress.Report(CatalogErrors.Disclosure, "columns", $"`{name}` is required and cannot be emptied; remove `required`");
        }

        if (root.Value("order") is YamlValue.List order && order.Items.Any(i => i is YamlValue.Scalar s && s.Text == name))
        {
            suppress.Report(CatalogErrors.Disclosure, "columns", $"the rows are ordered by `{name}`, so its emptied values would show by their place; remove it from `order`");
        }
    }

    private static ApprovalPolicy? ReadApproval(Fields root, string zone)
    {
        if (root.Map("approval", "approval") is not { } approval)
        {
            return null;
        }

        var (required, keep) = (approval.Flag("required"), approval.Duration("keep_rejected"));
        DateTimeOffset? earliest = null;
        if (approval.Text("not_before") is { } text)
        {
            earliest = LocalMoment.Parse(text, TimeZoneInfo.FindSystemTimeZoneById(zone));
            if (earliest is null)
            {
                approval.Bad("not_before", $"`not_before` is `{YamlTree.Shown(text)}`; write a moment as 2026-12-01T08:00, in the contract's zone or with an offset");
            }
        }

        return required is true ? new ApprovalPolicy(earliest, keep ?? ApprovalPolicy.KeepRejectedUsually) : null;
    }

    private static KeepPolicy ReadKeep(Fields root)
    {
        var keep = root.Map("keep", "keep");
        long? bytes = null;
        if (keep?.Text("bytes") is { } text)
        {
            bytes = ByteSizeText.Parse(text);
            if (bytes is null)
            {
                keep.Bad("bytes", $"`bytes` is `{YamlTree.Shown(text)}`; write a size as 20GB (B, KB, MB, GB, TB; 1 GB is a thousand million bytes)");
            }
        }

        return new KeepPolicy((int)(keep?.Whole("versions", 1, 100_000) ?? 24), bytes, keep?.Duration("landing") ?? TimeSpan.FromDays(30));
    }

    private List<LegalBasis> ReadLegalBasis(Fields root)
    {
        var acts = new List<LegalBasis>();
        foreach (var item in root.Items("legal_basis", "acts"))
        {
            if (item is not YamlValue.Map map)
            {
                _problems.Add(CatalogErrors.WrongShape, item.Line, $"a legal act is {item.Shape}; it must be a map, for example {{ act: 278/2025, from: 2025-10-22 }}");
                continue;
            }

            var fields = new Fields(map, "legal_basis", "a legal act", _problems);
            var (act, from, to) = (fields.Text("act"), fields.Day("from"), fields.Day("to"));
            CheckPeriod(fields, from, to);
            if (act is not null && from is not null)
            {
                acts.Add(new LegalBasis(act, from.Value, to));
            }
        }

        return acts;
    }

    private static Contact? ReadContact(Fields root)
    {
        if (root.Map("contact", "contact") is not { } contact)
        {
            return null;
        }

        var (name, email, phone) = (contact.Text("name"), ReadEmail(contact), contact.Text("phone", 40));
        return name is not null && email is not null ? new Contact(name, email, phone) : null;
    }

    private static Coverage? ReadCoverage(Fields root)
    {
        if (root.Map("coverage", "coverage") is not { } coverage)
        {
            return null;
        }

        var (from, to) = (coverage.Day("from"), coverage.Day("to"));
        CheckPeriod(coverage, from, to);
        return new Coverage(coverage.Text("area", 20), from, to);
    }

    private static void CheckPeriod(Fields fields, DateOnly? from, DateOnly? to)
    {
        if (from > to)
        {
            fields.Report(CatalogErrors.Contradiction, "to", "`to` is before `from`");
        }
    }

    internal static string? ReadEmail(Fields fields)
    {
        var email = fields.Text("email");
        if (email is not null && !EmailPattern().IsMatch(email))
        {
            fields.Bad("email", $"`email` is `{YamlTree.Shown(email)}`; write an address as name@example.vn");
        }

        return email;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EmailPattern();
}
