using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Reading;

namespace OpenData.Catalogs;

/// <summary>
/// Checks what contracts say of each other: names that must exist, order without cycles, and that nothing open tells what is
/// not. Reports every problem; a dataset with one stops, and so do those that need it.
/// </summary>
internal sealed partial class CatalogRules(
    string folder, Register<Publisher> publishers, Register<Theme> themes, Register<License> licenses)
{
    private readonly Dictionary<string, ParsedContract> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DatasetContract> _contracts = new(StringComparer.Ordinal);

    /// <summary>Adds problems to the files and returns the contracts that have none.</summary>
    public IReadOnlyList<DatasetContract> Check(IReadOnlyList<ParsedContract> files)
    {
        CheckFileNames(files);
        foreach (var file in files)
        {
            // Where two files claim one id, the file of that name is meant; the other has its problem by now.
            if (!_files.TryGetValue(file.Id, out var other) || !other.Problems.IsEmpty)
            {
                _files[file.Id] = file;
            }
        }

        foreach (var file in _files.Values)
        {
            // A contract whose own file has problems can still be looked at by others for its columns.
            if (file.Contract is { } contract)
            {
                _contracts.Add(contract.Id, contract);
            }
        }

        foreach (var file in _files.Values)
        {
            // A file with other mistakes is looked up all the same: its author should see all of them at once.
            if (file.Draft is { } draft)
            {
                CheckRegisters(file, draft);
            }
        }

        foreach (var (id, contract) in _contracts)
        {
            CheckTargets(_files[id], contract);
            CheckQuery(_files[id], contract);
            CheckManualFile(_files[id], contract);
            CheckDisclosure(_files[id], contract);
        }

        CheckCycles();
        StopDependents();
        return [.. _contracts.Values.Where(c => _files[c.Id].Problems.IsEmpty)];
    }

    private static void CheckFileNames(IReadOnlyList<ParsedContract> files)
    {
        foreach (var file in files)
        {
            var name = Path.GetFileNameWithoutExtension(file.Problems.File);
            if (!string.Equals(name, file.Id, StringComparison.Ordinal))
            {
                file.Problems.Add(
                    CatalogErrors.FileName, file.LineOf("dataset"), $"the dataset is `{file.Id}`; the file must be named datasets/{file.Id}.yaml");
            }
        }
    }

    private void CheckRegisters(ParsedContract file, DatasetContract contract)
    {
        CheckRegister(file, "publisher", contract.Publisher, publishers.Named, publishers.IsReadable, publishers.Entries.Any(p => p.Id == contract.Publisher));
        CheckRegister(file, "theme", contract.Theme, themes.Named, themes.IsReadable, themes.Entries.Any(t => t.Id == contract.Theme));
        CheckRegister(file, "license", contract.License, licenses.Named, licenses.IsReadable, licenses.Entries.Any(l => l.Id == contract.License));
    }

    private static void CheckRegister(
        ParsedContract file, string field, string id, IReadOnlySet<string> named, bool readable, bool good)
    {
        if (id.Length == 0)
        {
            return;
        }

        var line = file.LineOf(field);
        if (!readable)
        {
            file.Problems.Add(CatalogErrors.NeedsRefused, line, $"{field} `{id}` cannot be looked up, because {field}s.yaml was refused; see its problems");
        }
        else if (!named.Contains(id))
        {
            file.Problems.Add(CatalogErrors.UnknownTarget, line, $"{field} `{id}` is not in {field}s.yaml{NearestName.Suggestion(id, named)}");
        }
        else if (!good)
        {
            file.Problems.Add(CatalogErrors.NeedsRefused, line, $"{field} `{id}` was refused; see the problems of {field}s.yaml");
        }
    }

    private void CheckTargets(ParsedContract file, DatasetContract contract)
    {
        foreach (var column in contract.Columns.Where(c => c.Codelist is not null))
        {
            CheckDataset(file, contract, $"columns.{column.Name}.codelist", $"codelist of column `{column.Name}`", column.Codelist!);
        }

        for (var i = 0; i < contract.Expectations.Count; i++)
        {
            if (contract.Expectations[i] is ExistsInExpectation exists
                && CheckDataset(file, contract, $"expectations.{i}", "the exists_in expectation", exists.Dataset) is { } target)
            {
                CheckPair(file, $"expectations.{i}", contract, exists.Column, target, exists.Match);
            }
        }

        foreach (var relation in contract.Relations)
        {
            CheckRelation(file, contract, relation);
        }

        foreach (var parent in contract.Source.Parents)
        {
            CheckDataset(file, contract, "source.parents", "`parents`", parent);
        }
    }

    private void CheckRelation(ParsedContract file, DatasetContract contract, RelationContract relation)
    {
        var part = $"relations.{relation.Name}";
        if (CheckDataset(file, contract, part, $"relation `{relation.Name}`", relation.To) is not { } target)
        {
            return;
        }

        foreach (var (own, its) in relation.On)
        {
            CheckPair(file, part, contract, own, target, its);
        }

        var hasValidity = target.Column("valid_from") is not null && target.Column("valid_to") is not null;
        if (relation.AsAt is not null && !hasValidity)
        {
            file.Problems.Add(
                CatalogErrors.Contradiction, file.LineOf(part), $"relation `{relation.Name}` has `as_at`, but `{target.Id}` has no columns valid_from and valid_to; remove `as_at`");
        }
    }

    /// <summary>The target's contract when it can be looked at; a problem when there is no such dataset.</summary>
    private DatasetContract? CheckDataset(ParsedContract file, DatasetContract contract, string part, string place, string id)
    {
        if (!_files.ContainsKey(id))
        {
            file.Problems.Add(
                CatalogErrors.UnknownTarget, file.LineOf(part), $"{place} names `{id}`, which is no dataset of this catalogue{NearestName.Suggestion(id, _files.Keys)}");
            return null;
        }

        var target = _contracts.GetValueOrDefault(id);
        if (target is not null && target.Access > contract.Access && part != "source.parents")
        {
            file.Problems.Add(
                CatalogErrors.Disclosure,
                file.LineOf(part),
                $"{place} names `{id}`, which is {Word(target.Access)}, so the {Word(contract.Access)} dataset would make it known; remove it or use an {Word(contract.Access)} dataset");
        }

        return target;
    }

    private static void CheckPair(ParsedContract file, string part, DatasetContract contract, string own, DatasetContract target, string its)
    {
        if (target.Columns.FirstOrDefault(c => c.Name == its) is not { } there)
        {
            file.Problems.Add(
                CatalogErrors.UnknownColumn,
                file.LineOf(part),
                $"`{target.Id}` has no column `{its}`{NearestName.Suggestion(its, target.PublicColumns.Select(c => c.Name))}");
            return;
        }

        if (there.Personal)
        {
            file.Problems.Add(CatalogErrors.PersonalColumn, file.LineOf(part), $"`{its}` of `{target.Id}` is personal and cannot be used");
            return;
        }

        var here = contract.Column(own);
        if (here is not null && Family(here.Type) != Family(there.Type))
        {
            file.Problems.Add(
                CatalogErrors.Contradiction,
                file.LineOf(part),
                $"`{own}` is {here.Type} and `{its}` of `{target.Id}` is {there.Type}; they can never be equal, so change one type");
        }
    }

    private static string Family(ColumnType type) => type.Kind switch
    {
        ColumnKind.Text or ColumnKind.Code => "words",
        ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Float => "numbers",
        ColumnKind.List => type.ToString(),
        var kind => kind.ToString(),
    };

    /// <summary>The names that the query shows; the warehouse checks the syntax tree.</summary>
    private void CheckQuery(ParsedContract file, DatasetContract contract)
    {
        if (contract.Source.Query is not { } query)
        {
            return;
        }

        var (words, _) = SqlWords.Of(query);
        for (var i = 1; i < words.Count; i++)
        {
            var name = words[i];
            var read = words[i - 1] is "from" or "join" && _files.ContainsKey(name) && !contract.Source.Parents.Contains(name);
            if (read && !IsNamedInside(words, name))
            {
                file.Problems.Add(
                    CatalogErrors.UnknownTarget, file.LineOf("source.query"), $"the query reads `{name}`, which `parents` does not list; add it");
            }
        }

        var parents = contract.Source.Parents.Select(p => _contracts.GetValueOrDefault(p)).OfType<DatasetContract>().ToList();
        foreach (var personal in parents.SelectMany(p => p.Columns.Where(c => c.Personal).Select(c => (Dataset: p.Id, c.Name))))
        {
            var open = parents.Any(p => p.Column(personal.Name) is not null) || contract.Column(personal.Name) is not null;
            if (!open && words.Contains(personal.Name))
            {
                file.Problems.Add(
                    CatalogErrors.PersonalColumn, file.LineOf("source.query"), $"the query uses `{personal.Name}` of `{personal.Dataset}`, which is personal and stored nowhere");
            }
        }
    }

    /// <summary>True for a name that the query gives to a table expression of its own: <c>with name as (...)</c>.</summary>
    private static bool IsNamedInside(IReadOnlyList<string> words, string name)
    {
        for (var i = 0; i + 2 < words.Count; i++)
        {
            if (words[i] == name && words[i + 1] == "as" && words[i + 2] == "(")
            {
                return true;
            }
        }

        return false;
    }

    private void CheckManualFile(ParsedContract file, DatasetContract contract)
    {
        if (contract.Source is { Kind: "manual", Path: { } path } && !File.Exists(Path.Combine(folder, "datasets", path)))
        {
            file.Problems.Add(CatalogErrors.UnknownTarget, file.LineOf("source.path"), $"there is no file {path} beside the contract; add it or correct `path`");
        }
    }

    private void CheckCycles()
    {
        foreach (var cycle in DatasetGraph.Of(_contracts.Values).Cycles)
        {
            foreach (var id in cycle.Skip(1))
            {
                var file = _files[id];
                var part = _contracts[id].Source.Parents.Intersect(cycle, StringComparer.Ordinal).Any() ? "source.parents" : "dataset";
                file.Problems.Add(
                    CatalogErrors.Cycle, file.LineOf(part), $"datasets wait for each other: {string.Join(" → ", cycle)}; remove one of the references");
            }
        }
    }

    private void StopDependents()
    {
        var stopped = new Queue<string>(_files.Values.Where(f => !f.Problems.IsEmpty).Select(f => f.Id));
        var seen = new HashSet<string>(stopped, StringComparer.Ordinal);
        while (stopped.TryDequeue(out var id))
        {
            foreach (var child in _contracts.Values.Where(c => !seen.Contains(c.Id) && DatasetGraph.ParentsOf(c).Contains(id)))
            {
                var file = _files[child.Id];
                file.Problems.Add(
                    CatalogErrors.NeedsRefused, file.LineOf(PartThatNeeds(child, id)), $"the dataset needs `{id}`, whose contract was refused; see the problems of datasets/{id}.yaml");
                seen.Add(child.Id);
                stopped.Enqueue(child.Id);
            }
        }
    }

    private static string PartThatNeeds(DatasetContract contract, string id)
    {
        if (contract.Source.Parents.Contains(id))
        {
            return "source.parents";
        }

        if (contract.Columns.FirstOrDefault(c => c.Codelist == id) is { } column)
        {
            return $"columns.{column.Name}.codelist";
        }

        if (contract.Relations.FirstOrDefault(r => r.To == id) is { } relation)
        {
            return $"relations.{relation.Name}";
        }

        var index = contract.Expectations.ToList().FindIndex(e => e is ExistsInExpectation exists && exists.Dataset == id);
        return index < 0 ? "dataset" : $"expectations.{index}";
    }

    private static string Word(Access access) => access.ToString().ToLowerInvariant();
}
