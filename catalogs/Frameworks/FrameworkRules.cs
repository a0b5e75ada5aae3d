using System.Globalization;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Reading;

namespace OpenData.Catalogs.Frameworks;

/// <summary>What the parts of a framework must keep together: codes are unique, points add up, formulas have what they need.</summary>
internal static class FrameworkRules
{
    private const int FilterValuesMax = 100;

    /// <summary>Reports every contradiction within one framework.</summary>
    internal static void Check(Framework framework, Fields root, IReadOnlyDictionary<string, int> lines, ProblemList problems)
    {
        CheckCodes(framework, lines, problems);
        CheckPoints(framework, root, lines, problems);
        CheckPillars(framework, lines, problems);
        foreach (var component in framework.Components)
        {
            CheckRoles(component, lines, problems);
        }

        if (framework.From > framework.To)
        {
            root.Report(CatalogErrors.Contradiction, "to", "`to` is before `from`");
        }

        if (framework.Sourced && framework.Sources.Count == 0)
        {
            root.Report(CatalogErrors.Contradiction, "sourced", "a sourced framework names its `sources`");
        }
    }

    /// <summary>Reports automatic inputs that the catalogue's contracts cannot answer.</summary>
    internal static void CheckAutomatic(Framework framework, Catalog catalog, ProblemList problems)
    {
        foreach (var component in framework.Components)
        {
            foreach (var input in component.Automatic)
            {
                if (Complaint(input, catalog.Find(input.Dataset)) is { } complaint)
                {
                    problems.Add(complaint.Code, 0, $"component `{component.Code}`, input `{input.Role}`: {complaint.Sentence}");
                }
            }
        }
    }

    private static (ErrorCode Code, string Sentence)? Complaint(AutomaticInput input, DatasetContract? contract)
    {
        if (contract is null)
        {
            return (CatalogErrors.UnknownTarget, $"there is no dataset `{YamlTree.Shown(input.Dataset)}`");
        }

        if (contract.Access != Access.Open)
        {
            return (CatalogErrors.Disclosure, $"`{contract.Id}` is not open; nobody could compute the score again");
        }

        foreach (var name in new[] { input.UnitColumn, input.Column, input.PeriodColumn }.OfType<string>())
        {
            if (contract.PublicColumns.All(c => c.Name != name))
            {
                return (CatalogErrors.UnknownColumn, $"`{contract.Id}` has no column `{YamlTree.Shown(name)}`{NearestName.Suggestion(name, contract.PublicColumns.Select(c => c.Name))}");
            }
        }

        if ((input.Measure == Measure.Count) != (input.Column is null))
        {
            return (CatalogErrors.Contradiction, input.Column is null ? "this measure needs a `column`" : "`count` counts rows; leave `column` out");
        }

        if (input.Column is { } number && Kind(contract, number) is not (ColumnKind.Integer or ColumnKind.Decimal))
        {
            return (CatalogErrors.Contradiction, $"`{number}` is no exact number; official results are computed from integers and decimals");
        }

        if (Kind(contract, input.UnitColumn) is not (ColumnKind.Code or ColumnKind.Text or ColumnKind.Integer))
        {
            return (CatalogErrors.Contradiction, $"`{input.UnitColumn}` names no unit; name a column of type code, text or integer");
        }

        if (Filter(input.Filter, contract) is { } complaint)
        {
            return complaint;
        }

        return input.PeriodColumn is { } period && Kind(contract, period) is not (ColumnKind.Date or ColumnKind.Timestamp)
            ? (CatalogErrors.Contradiction, $"`{period}` is no moment; name a column of type date or timestamp")
            : null;
    }

    private static (ErrorCode Code, string Sentence)? Filter(IReadOnlyList<AutomaticFilter> filter, DatasetContract contract)
    {
        if (filter.Count > FrameworkParser.FiltersMax)
        {
            return (CatalogErrors.Contradiction, $"`filter` has more than {FrameworkParser.FiltersMax} conditions");
        }

        foreach (var condition in filter)
        {
            if (contract.PublicColumns.FirstOrDefault(c => c.Name == condition.Column) is not { } column)
            {
                return (CatalogErrors.UnknownColumn, $"`filter`: `{contract.Id}` has no column `{YamlTree.Shown(condition.Column)}`{NearestName.Suggestion(condition.Column, contract.PublicColumns.Select(c => c.Name))}");
            }

            if (!AutomaticFilterValue.Takes(column.Type.Kind))
            {
                return (CatalogErrors.Contradiction, $"`filter`: columns of type {column.Type} are not compared; take one of type code, text, integer, decimal, boolean or date");
            }

            if (condition.Values.Count is 0 or > FilterValuesMax)
            {
                return (CatalogErrors.Contradiction, $"`filter`: `in` has 1 to {FilterValuesMax} values");
            }

            if (condition.Values.FirstOrDefault(v => AutomaticFilterValue.Of(v, column.Type) is null) is { } wrong)
            {
                return (CatalogErrors.BadValue, $"`filter`: `{YamlTree.Shown(wrong)}` is no value of `{column.Name}` ({column.Type})");
            }
        }

        return null;
    }

    private static ColumnKind Kind(DatasetContract contract, string column) => contract.PublicColumns.First(c => c.Name == column).Type.Kind;

    private static void CheckCodes(Framework framework, IReadOnlyDictionary<string, int> lines, ProblemList problems)
    {
        Unique("main_indices", framework.MainIndices.Select(m => m.Code), "main index");
        Unique("components", framework.Components.Select(c => c.Code), "component");
        Unique("pillars", framework.Pillars.Select(p => p.Code), "pillar");
        Unique("peer_groups", framework.PeerGroups.Select(g => g.Code), "league");

        void Unique(string list, IEnumerable<string> codes, string one)
        {
            foreach (var twice in codes.GroupBy(c => c, StringComparer.Ordinal).Where(g => g.Count() > 1))
            {
                problems.Add(CatalogErrors.Duplicate, lines.GetValueOrDefault($"{list}/{twice.Key}"), $"{one} `{twice.Key}` stands {twice.Count()} times");
            }
        }
    }

    private static void CheckPoints(Framework framework, Fields root, IReadOnlyDictionary<string, int> lines, ProblemList problems)
    {
        foreach (var index in framework.MainIndices)
        {
            var line = lines.GetValueOrDefault($"main_indices/{index.Code}");
            if (index.Points is null && !framework.IsStructureOnly)
            {
                problems.Add(CatalogErrors.MissingField, line, $"main index `{index.Code}` has no `points`; add them, or write structure_only: true when nobody knows them");
            }

            if (index.Components.Count == 0)
            {
                if (!framework.IsStructureOnly)
                {
                    problems.Add(CatalogErrors.MissingField, line, $"main index `{index.Code}` has no components");
                }

                continue;
            }

            var sum = index.Components.Sum(c => c.Points);
            if (index.Points is { } points && !index.IsMonitored && sum != points)
            {
                problems.Add(CatalogErrors.Contradiction, line, $"the components of main index `{index.Code}` add up to {Shown(sum)} points; its maximum is {Shown(points)}");
            }

            if (index.ComponentCount is { } count && count != index.Components.Count)
            {
                problems.Add(CatalogErrors.Contradiction, line, $"main index `{index.Code}` has {index.Components.Count} components; `component_count` says {count}");
            }
        }

        if (framework.MainIndices.All(m => m.Points is not null) && framework.MainIndices.Sum(m => m.Points) != framework.Total)
        {
            root.Report(CatalogErrors.Contradiction, "total", $"the main indices add up to {Shown(framework.MainIndices.Sum(m => m.Points ?? 0))} points; `total` is {Shown(framework.Total)}");
        }

        if (framework is { ComponentCount: { } all, IsStructureOnly: false } && all != framework.Components.Count())
        {
            root.Report(CatalogErrors.Contradiction, "component_count", $"there are {framework.Components.Count()} components; `component_count` says {all}");
        }
    }

    private static void CheckPillars(Framework framework, IReadOnlyDictionary<string, int> lines, ProblemList problems)
    {
        foreach (var pillar in framework.Pillars)
        {
            var line = lines.GetValueOrDefault($"pillars/{pillar.Code}");
            var members = new List<MainIndex>();
            foreach (var code in pillar.MainIndices)
            {
                if (framework.MainIndices.FirstOrDefault(m => m.Code == code) is { } index)
                {
                    members.Add(index);
                }
                else
                {
                    problems.Add(CatalogErrors.UnknownTarget, line, $"pillar `{pillar.Code}` names main index `{YamlTree.Shown(code)}`, which does not exist");
                }
            }

            if (pillar.MainIndices.Count == 0)
            {
                problems.Add(CatalogErrors.MissingField, line, $"pillar `{pillar.Code}` has no main index");
            }

            if (pillar.Points is { } points && members.All(m => m.Points is not null) && members.Sum(m => m.Points) != points)
            {
                problems.Add(CatalogErrors.Contradiction, line, $"the main indices of pillar `{pillar.Code}` add up to {Shown(members.Sum(m => m.Points ?? 0))} points; it says {Shown(points)}");
            }
        }
    }

    private static void CheckRoles(Component component, IReadOnlyDictionary<string, int> lines, ProblemList problems)
    {
        var line = lines.GetValueOrDefault($"components/{component.Code}");
        foreach (var (roles, what) in new[] { (component.Inputs.Select(i => i.Role), "inputs"), (component.Automatic.Select(a => a.Role), "automatic") })
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var role in roles)
            {
                if (!component.Formula.Roles.Contains(role, StringComparer.Ordinal))
                {
                    problems.Add(CatalogErrors.UnknownTarget, line, $"component `{component.Code}`: `{what}` names `{YamlTree.Shown(role)}`; formula {component.Formula.Kind} takes {string.Join(", ", component.Formula.Roles.Select(r => $"`{r}`"))}");
                }
                else if (!seen.Add(role))
                {
                    problems.Add(CatalogErrors.Duplicate, line, $"component `{component.Code}`: `{what}` names `{role}` twice");
                }
            }
        }

        if (component.Automatic.Count > 0 && component.Formula is Formula.Levels)
        {
            problems.Add(CatalogErrors.Contradiction, line, $"component `{component.Code}`: a level is a person's judgement; a query cannot choose it");
        }
    }

    private static string Shown(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
