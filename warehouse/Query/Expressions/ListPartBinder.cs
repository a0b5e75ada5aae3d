using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>Options behind a list in <c>$select</c> → what stands in the list's place, and perhaps the number of its values beside it.</summary>
internal static class ListPartBinder
{
    private static readonly string[] Known = ["filter", "orderby", "top", "skip", "count"];

    /// <summary>The columns that the query computes in place of the list.</summary>
    /// <exception cref="OpenDataException"><c>OD1204</c>–<c>OD1208</c>, and those of expressions, with the position.</exception>
    public static IEnumerable<ComputedColumn> Bind(SelectItem item, ColumnContract list, QueryScope scope)
    {
        if (list.Type.Item is null)
        {
            throw QueryErrors.At(
                QueryErrors.WrongType, item.Position, $"{list.Name} is no list, so no options stand behind it.", $"{list.Name} không phải danh sách nên không có tham số phía sau.");
        }

        if (item.Options.FirstOrDefault(o => o.Name == "search") is { } search)
        {
            throw QueryErrors.At(QueryErrors.NotSupported, search.Position, "This service does not search in lists.", "Dịch vụ chưa tìm kiếm trong danh sách.");
        }

        if (item.Options.FirstOrDefault(o => !Known.Contains(o.Name)) is { } unknown)
        {
            throw unknown.Unknown("$select", Known);
        }

        var options = NestedOption.ByName(item.Options);
        var column = new Column(list);
        var value = new Item(0, list.ToScalar());
        var condition = Read("filter", text => Binder().BindCondition(ExpressionParser.Parse(text, scope.Limits)));
        var part = new ListPart(column, value)
        {
            Condition = condition,
            OrderBy = Read("orderby", text => QueryScope.Terms(Binder(), text, scope.Limits)) ?? [],
            Top = options.TryGetValue("top", out var top) ? top.Number : null,
            Skip = options.TryGetValue("skip", out var skip) ? skip.Number : 0,
        };
        IReadOnlyList<ComputedColumn> count = options.TryGetValue("count", out var counted) && counted.IsTrue
            ? [new ComputedColumn(CountColumn.Of(list), new ListCount(column, condition is null ? null : value, condition))]
            : [];
        return [.. count, new ComputedColumn(list, part)];

        ExpressionBinder Binder() => new(scope, value);

        T? Read<T>(string name, Func<string, T> read)
            => options.TryGetValue(name, out var option) ? Located.Within(option.Value, option.ValuePosition, read) : default;
    }
}
