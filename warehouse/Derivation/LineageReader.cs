using System.Text.Json;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Derivation;

/// <summary>
/// Reads column lineage out of a parse tree that <see cref="SqlTreeCheck"/> let pass. A name that cannot be resolved is an error: a
/// lost edge must not pass in silence.
/// </summary>
/// <param name="parents">The tables that the query reads.</param>
internal sealed class LineageReader(IReadOnlyList<ParentTable> parents)
{
    /// <summary>Output columns of the query with their sources.</summary>
    public IReadOnlyList<LineageColumn> Read(JsonElement node)
        => [.. Node(node, new Scope(null)).Select(c => new LineageColumn(c.Name, [.. c.Sources.Order(StringComparer.Ordinal)]))];

    private List<Column> Node(JsonElement node, Scope outer)
    {
        var scope = new Scope(outer);
        if (node.TryGetProperty("cte_map", out var ctes) && ctes.TryGetProperty("map", out var map))
        {
            foreach (var cte in map.EnumerateArray())
            {
                var columns = Node(cte.GetProperty("value").GetProperty("query").GetProperty("node"), scope);
                scope.Ctes[cte.GetProperty("key").GetString() ?? ""] = Renamed(columns, cte.GetProperty("value"), "aliases");
            }
        }

        return node.GetProperty("type").GetString() == "SELECT_NODE" ? Select(node, scope) : SetOperation(node, scope);
    }

    private List<Column> SetOperation(JsonElement node, Scope scope)
    {
        List<JsonElement> parts = node.TryGetProperty("children", out var children)
            ? [.. children.EnumerateArray()]
            : [node.GetProperty("left"), node.GetProperty("right")];
        var sides = parts.ConvertAll(p => Node(p, scope));
        return [.. sides[0].Select((column, i) => new Column(
            column.Name,
            sides.Where(s => i < s.Count).SelectMany(s => s[i].Sources).ToHashSet(StringComparer.Ordinal),
            HiddenInStar: false))];
    }

    private List<Column> Select(JsonElement node, Scope scope)
    {
        if (node.TryGetProperty("from_table", out var from))
        {
            scope.Tables.AddRange(Table(from, scope));
        }

        var output = new List<Column>();
        foreach (var expression in node.GetProperty("select_list").EnumerateArray())
        {
            if (expression.GetProperty("class").GetString() == "STAR")
            {
                output.AddRange(Star(expression, scope));
                continue;
            }

            var column = new Column(NameOf(expression), Sources(expression, scope), HiddenInStar: false);
            output.Add(column);
            scope.Aliases[column.Name] = column;
        }

        return output;
    }

    private List<TableColumns> Table(JsonElement table, Scope scope)
    {
        switch (table.GetProperty("type").GetString())
        {
            case "BASE_TABLE":
                var name = table.GetProperty("table_name").GetString() ?? "";
                return [new TableColumns(Alias(table) ?? name, Renamed(scope.Cte(name) ?? Parent(name), table, "column_name_alias"))];
            case "SUBQUERY":
                return [new TableColumns(Alias(table) ?? "", Renamed(Node(table.GetProperty("subquery").GetProperty("node"), scope), table, "column_name_alias"))];
            case "JOIN":
                var left = Table(table.GetProperty("left"), scope);
                if (table.GetProperty("join_type").GetString() is "SEMI" or "ANTI")
                {
                    return left;
                }

                var usings = table.TryGetProperty("using_columns", out var list)
                    ? list.EnumerateArray().Select(u => u.GetString() ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase)
                    : [];
                var right = Table(table.GetProperty("right"), scope)
                    .Select(t => t with { Columns = [.. t.Columns.Select(c => usings.Contains(c.Name) ? c with { HiddenInStar = true } : c)] });
                return [.. left, .. right];
            case "EXPRESSION_LIST":
                var rows = table.GetProperty("values").EnumerateArray().Select(r => r.EnumerateArray().ToList()).ToList();
                var columns = rows[0].Select((_, i) => new Column(
                    FormattableString.Invariant($"col{i}"),
                    rows.SelectMany(r => Sources(r[i], scope)).ToHashSet(StringComparer.Ordinal),
                    HiddenInStar: false)).ToList();
                return [new TableColumns(Alias(table) ?? "", Renamed(columns, table, "column_name_alias"))];
            default:
                return [];
        }
    }

    private List<Column> Parent(string name)
    {
        var parent = parents.First(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));
        return [.. parent.Columns.Select(c => new Column(c, new HashSet<string>(StringComparer.Ordinal) { $"{parent.Name}.{c}" }, HiddenInStar: false))];
    }

    private static List<Column> Renamed(List<Column> columns, JsonElement holder, string member)
    {
        var names = holder.TryGetProperty(member, out var list) ? list.EnumerateArray().Select(n => n.GetString() ?? "").ToList() : [];
        return [.. columns.Select((c, i) => i < names.Count ? c with { Name = names[i] } : c)];
    }

    private static IEnumerable<Column> Star(JsonElement star, Scope scope)
    {
        var relation = star.TryGetProperty("relation_name", out var named) ? named.GetString() : null;
        var left = star.TryGetProperty("exclude_list", out var list) ? list.EnumerateArray().Select(ExcludedName).ToHashSet(StringComparer.OrdinalIgnoreCase) : [];
        return scope.Tables
            .Where(t => string.IsNullOrEmpty(relation) || string.Equals(t.Name, relation, StringComparison.OrdinalIgnoreCase))
            .SelectMany(t => t.Columns)
            .Where(c => !left.Contains(c.Name) && (!string.IsNullOrEmpty(relation) || !c.HiddenInStar));
    }

    private static string ExcludedName(JsonElement excluded)
        => excluded.ValueKind == JsonValueKind.String ? excluded.GetString() ?? "" : excluded.TryGetProperty("column", out var column) ? column.GetString() ?? "" : "";

    private HashSet<string> Sources(JsonElement expression, Scope scope)
    {
        var sources = new HashSet<string>(StringComparer.Ordinal);
        Collect(expression, scope, sources);
        return sources;
    }

    private void Collect(JsonElement element, Scope scope, HashSet<string> sources)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, scope, sources);
                }

                break;
            case JsonValueKind.Object when ClassOf(element) == "COLUMN_REF":
                sources.UnionWith(scope.Resolve([.. element.GetProperty("column_names").EnumerateArray().Select(n => n.GetString() ?? "")]));
                break;
            case JsonValueKind.Object when ClassOf(element) == "SUBQUERY":
                sources.UnionWith(Node(element.GetProperty("subquery").GetProperty("node"), scope).SelectMany(c => c.Sources));
                if (element.TryGetProperty("child", out var child))
                {
                    Collect(child, scope, sources);
                }

                break;
            case JsonValueKind.Object when ClassOf(element) != "CONSTANT":
                foreach (var member in element.EnumerateObject())
                {
                    Collect(member.Value, scope, sources);
                }

                break;
        }
    }

    private static string? ClassOf(JsonElement element) => element.TryGetProperty("class", out var value) ? value.GetString() : null;

    private static string? Alias(JsonElement element)
        => element.TryGetProperty("alias", out var alias) && alias.GetString() is { Length: > 0 } name ? name : null;

    private static string NameOf(JsonElement expression)
        => Alias(expression) ?? (ClassOf(expression) == "COLUMN_REF" ? expression.GetProperty("column_names").EnumerateArray().Last().GetString() ?? "" : "");

    private sealed record Column(string Name, IReadOnlySet<string> Sources, bool HiddenInStar);

    private sealed record TableColumns(string Name, IReadOnlyList<Column> Columns);

    private sealed class Scope(Scope? outer)
    {
        public Dictionary<string, List<Column>> Ctes { get; } = new(StringComparer.OrdinalIgnoreCase);

        public List<TableColumns> Tables { get; } = [];

        public Dictionary<string, Column> Aliases { get; } = new(StringComparer.OrdinalIgnoreCase);

        public List<Column>? Cte(string name) => Ctes.GetValueOrDefault(name) ?? outer?.Cte(name);

        public HashSet<string> Resolve(IReadOnlyList<string> name)
        {
            for (var scope = this; scope is not null; scope = scope.Outer)
            {
                if (scope.Own(name) is { } found)
                {
                    return found;
                }
            }

            throw new OpenDataException(DerivationErrors.LineageLost, new LocalText(
                $"Không tìm thấy cột {string.Join('.', name)} trong các bảng của câu SQL.",
                $"Column {string.Join('.', name)} is in none of the tables of the SQL."));
        }

        private Scope? Outer => outer;

        private HashSet<string>? Own(IReadOnlyList<string> name)
        {
            var columns = Tables
                .Where(t => name.Count == 1 || string.Equals(t.Name, name[0], StringComparison.OrdinalIgnoreCase))
                .SelectMany(t => t.Columns)
                .Where(c => string.Equals(c.Name, name[^1], StringComparison.OrdinalIgnoreCase))
                .ToList();
            if (columns.Count == 0 && name.Count == 1 && Aliases.TryGetValue(name[0], out var alias))
            {
                columns.Add(alias);
            }

            return columns.Count == 0 ? null : [.. columns.SelectMany(c => c.Sources)];
        }
    }
}
