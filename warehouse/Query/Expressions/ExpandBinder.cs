using System.Globalization;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>Text of <c>$expand</c> → relations with what is wanted of their rows, each option against the dataset to which the relation leads.</summary>
internal static class ExpandBinder
{
    private static readonly string[] OfRows = ["filter", "search", "compute", "select", "expand", "levels"];
    private static readonly string[] OfMany = ["orderby", "top", "skip", "count"];

    /// <summary>The expansions of a whole text.</summary>
    public static IReadOnlyList<Expansion> Bind(string text, QueryScope scope)
    {
        var expansions = Bind(text, scope, level: 1);
        var count = Count(expansions);
        return count <= scope.Limits.ExpandedMax
            ? expansions
            : throw SyntaxErrors.Complex(0, nameof(QueryLimits.ExpandedMax), scope.Limits.ExpandedMax);
    }

    private static int Count(IReadOnlyList<Expansion> expansions) => expansions.Sum(e => 1 + Count(e.Query.Expand));

    private static List<Expansion> Bind(string text, QueryScope scope, int level)
    {
        var expansions = new List<Expansion>();
        foreach (var item in ExpandParser.Parse(text, scope.Limits))
        {
            foreach (var name in item.Name == "*" ? scope.Names(before: null) : [item.Name])
            {
                var expansion = Bind(item, name, scope, level);
                if (expansions.Any(e => e.Relation.Name == expansion.Relation.Name))
                {
                    throw QueryErrors.At(
                        QueryErrors.DuplicateOption, item.Position, $"{expansion.Relation.Name} stands twice in $expand.", $"{expansion.Relation.Name} xuất hiện hai lần trong $expand.");
                }

                expansions.Add(expansion);
            }
        }

        return expansions;
    }

    private static Expansion Bind(ExpandItem item, string name, QueryScope scope, int level)
    {
        if (level > scope.Limits.ExpandLevelsMax)
        {
            throw SyntaxErrors.Complex(item.Position, nameof(QueryLimits.ExpandLevelsMax), scope.Limits.ExpandLevelsMax);
        }

        var relation = scope.RelationOf(before: null, name, item.Position);
        foreach (var option in item.Options)
        {
            Require(option, relation);
        }

        var options = NestedOption.ByName(item.Options);
        if (item.Part == ExpandedPart.Count && !relation.IsMany)
        {
            throw QueryErrors.At(QueryErrors.WrongType, item.Position, $"{relation.Name} leads to one row.", $"{relation.Name} dẫn tới một dòng.");
        }

        var rows = scope.Behind(relation);
        var query = Query(options, rows, relation, item.Part, level);
        scope.UsesNow |= rows.UsesNow;
        return new Expansion(relation, query)
        {
            Part = item.Part,
            WithCount = options.TryGetValue("count", out var count) && count.IsTrue,
        };
    }

    private static DatasetQuery Query(Dictionary<string, NestedOption> options, QueryScope rows, Relation relation, ExpandedPart part, int level)
    {
        Read("compute", text =>
        {
            rows.Compute(text);
            return true;
        });
        return new DatasetQuery(rows.Contract, part == ExpandedPart.References ? [] : Read("select", rows.Select) ?? rows.Columns)
        {
            Computed = rows.Computed,
            Predicate = BoundExpression.AllOf(Read("filter", rows.Filter), Read("search", rows.Search)),
            OrderBy = Read("orderby", rows.OrderBy) ?? [],
            Top = options.TryGetValue("top", out var top) ? top.Number : null,
            Skip = options.TryGetValue("skip", out var skip) ? skip.Number : 0,
            Expand = [.. Read("expand", text => Bind(text, rows, level + 1)) ?? [], .. Again(options, rows, relation, level)],
            Limits = rows.Limits,
        };

        T? Read<T>(string name, Func<string, T> read)
            => options.TryGetValue(name, out var option) ? Located.Within(option.Value, option.ValuePosition, read) : default;
    }

    // $levels: the same relation again from the rows that it leads to.
    private static IReadOnlyList<Expansion> Again(Dictionary<string, NestedOption> options, QueryScope rows, Relation relation, int level)
    {
        if (!options.TryGetValue("levels", out var levels))
        {
            return [];
        }

        var isMost = levels.Value.Equals("max", StringComparison.OrdinalIgnoreCase);
        var wanted = isMost ? rows.Limits.ExpandLevelsMax - level + 1 : levels.Number;
        if (wanted < 1)
        {
            throw levels.Malformed("1, 2, …, max");
        }

        if (wanted == 1)
        {
            return [];
        }

        if (relation.Target.Contract.Id != relation.Owner.Id)
        {
            throw QueryErrors.At(
                QueryErrors.WrongType,
                levels.Position,
                $"{relation.Name} leads to another dataset, so it has one level.",
                $"{relation.Name} dẫn tới bộ dữ liệu khác nên chỉ có một cấp.");
        }

        var next = options.ToDictionary(StringComparer.Ordinal);
        next["levels"] = levels with { Value = (wanted - 1).ToString(CultureInfo.InvariantCulture) };
        return [Bind(new ExpandItem(relation.Name, levels.Position, ExpandedPart.Rows, [.. next.Values]), relation.Name, rows, level + 1)];
    }

    private static void Require(NestedOption option, Relation relation)
    {
        if (option.Name == "apply" || option.Name.StartsWith('@'))
        {
            var what = option.Name == "apply" ? "$apply" : "@…=";
            throw QueryErrors.At(
                QueryErrors.NotSupported, option.Position, $"This service does not support {what} inside $expand.", $"Dịch vụ chưa hỗ trợ {what} bên trong $expand.");
        }

        var isKnown = OfRows.Contains(option.Name) || OfMany.Contains(option.Name);
        var fits = relation.IsMany || OfRows.Contains(option.Name);
        if (!isKnown || !fits)
        {
            throw isKnown
                ? QueryErrors.At(
                    QueryErrors.UnknownOption, option.Position, $"${option.Name} means nothing for {relation.Name} here.", $"Ở đây ${option.Name} không dùng được cho {relation.Name}.")
                : option.Unknown("$expand", [.. OfRows, .. OfMany]);
        }
    }
}
