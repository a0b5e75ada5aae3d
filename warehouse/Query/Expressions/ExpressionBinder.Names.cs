using OpenData.Catalogs;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query.Expressions;

/// <content>What names mean: columns, variables, lists, and rows that relations lead to.</content>
internal sealed partial class ExpressionBinder
{
    // A computed column is its expression again, so it counts as often as it stands there.
    private BoundExpression Named(SyntaxNode.Name name)
    {
        if ((name.Of is { } path ? RowOf(path) : _counted) is { } row)
        {
            return new Column(RelatedColumn(row.Relation, name), row);
        }

        if (name.Text == ExpressionParser.This)
        {
            throw QueryErrors.At(QueryErrors.NotSupported, name.Position, "This service does not support $this here.", "Dịch vụ chưa hỗ trợ $this ở đây.");
        }

        if (_rows.ContainsKey(name.Text) || scope.IsRelation(before: null, name.Text))
        {
            throw Wrong(name, $"{name.Text} is no value but leads to rows.", $"{name.Text} không phải giá trị mà dẫn tới các dòng.", $"{name.Text}/…");
        }

        var column = scope.Column(name.Text, name.Position);
        if (scope.MadeOf(column) is not { } made)
        {
            return new Column(column);
        }

        Spend(name, made.Cost.Nodes, made.Cost.Text);
        return made.Expression;
    }

    /// <summary>The row to which a path leads; null for the row that is looked at.</summary>
    private Row? RowOf(SyntaxNode.Name path)
    {
        if (!_reached.TryGetValue(path, out var row))
        {
            _reached.Add(path, row = Reach(path));
        }

        return row;
    }

    private Row? Reach(SyntaxNode.Name path)
    {
        if (path is { Of: null, Text: ExpressionParser.ItSelf })
        {
            return scope.IsNested ? throw QueryErrors.At(
                QueryErrors.NotSupported, path.Position, "This service does not support $it inside $expand.", "Dịch vụ chưa hỗ trợ $it bên trong $expand.") : null;
        }

        if (path.Of is null && (_rows.TryGetValue(path.Text, out var variable) || (path.Text == ExpressionParser.This && (variable = _counted) is not null)))
        {
            return variable;
        }

        var (of, relation) = Step(path);
        return relation.IsMany
            ? throw Wrong(
                path,
                $"{relation.Name} leads to several rows; say which with any or all.",
                $"{relation.Name} dẫn tới nhiều dòng; hãy dùng any hoặc all.",
                $"{relation.Name}/any(x:x/…)")
            : new Row.Related(of, relation);
    }

    /// <summary>The relation at the end of a path, and the row from which it leads.</summary>
    private (Row? Of, Relation Relation) Step(SyntaxNode.Name path)
    {
        if (_variables.Count > 0)
        {
            throw QueryErrors.At(
                QueryErrors.NotSupported, path.Position, "This service does not support relations inside any and all of a list.", "Dịch vụ chưa hỗ trợ quan hệ bên trong any và all của danh sách.");
        }

        var of = path.Of is { } before ? RowOf(before) : _counted;
        Spend(path, RelationNodes, 0);
        return (of, scope.RelationOf(of?.Relation, path.Text, path.Position));
    }

    private static ColumnContract RelatedColumn(Relation relation, SyntaxNode.Name name)
    {
        var column = QueryScope.Column(relation.Target.Contract, RowKey.QueryColumns(relation.Target.Contract), name.Text, name.Position);
        return column.TimeZone is null ? column with { TimeZone = relation.Target.Contract.TimeZone } : column;
    }

    /// <summary>The relation to many at the end of a path; null when it is something else.</summary>
    private (Row? Of, Relation Relation)? ManyOf(SyntaxNode.Name path)
    {
        var from = path.Of is { } before ? RowOf(before) : _counted;
        if (!scope.IsRelation(from?.Relation, path.Text))
        {
            return null;
        }

        var (of, relation) = Step(path);
        return relation.IsMany
            ? (of, relation)
            : throw Wrong(path, $"{relation.Name} leads to one row; write its column behind it.", $"{relation.Name} dẫn tới một dòng; hãy viết tên cột phía sau.", $"{relation.Name}/…");
    }

    private Column List(SyntaxNode.Name name)
        => Named(name) is Column { Contract.Type.Item: not null } list
            ? list
            : throw Wrong(name, $"{name.Text} is neither a list nor a relation to many.", $"{name.Text} không phải danh sách hay quan hệ tới nhiều dòng.");

    private BoundExpression BindCount(SyntaxNode.ListCount count)
    {
        if (ManyOf(count.Collection) is { } many)
        {
            var row = new Row.Variable(_rowsNamed++, many.Relation);
            var outer = _counted;
            _counted = row;
            var condition = AllOf(
                count.Filter is { } filter ? BindCondition(filter) : null,
                count.Search is { } search ? scope.SearchBehind(row, search.Text, search.Position) : null);
            _counted = outer;
            return new RelatedCount(many.Of, row, condition);
        }

        var list = List(count.Collection);
        if (count.Search is { } words)
        {
            throw QueryErrors.At(QueryErrors.NotSupported, words.Position, "This service does not search in lists.", "Dịch vụ chưa tìm kiếm trong danh sách.");
        }

        if (count.Filter is not { } values)
        {
            return new ListCount(list, null, null);
        }

        var item = new Item(_variables.Count, list.Contract.ToScalar());
        return new ListCount(list, item, Inside(count, ExpressionParser.This, values, _variables, item));
    }

    private BoundExpression BindLambda(SyntaxNode.Lambda lambda)
    {
        if (ManyOf(lambda.Collection) is { } many)
        {
            var row = new Row.Variable(_rowsNamed++, many.Relation);
            return new RelatedAny(many.Of, row, lambda.All, Inside(lambda, lambda.Variable, lambda.Condition, _rows, row));
        }

        var list = List(lambda.Collection);
        var item = new Item(_variables.Count, list.Contract.ToScalar());
        var condition = Inside(lambda, lambda.Variable, lambda.Condition, _variables, item);
        return new Lambda(list, lambda.All, condition is null ? null : item, condition);
    }

    private BoundExpression? Inside<T>(SyntaxNode node, string? name, SyntaxNode? condition, Dictionary<string, T> variables, T value)
    {
        if (name is null || condition is null)
        {
            return null;
        }

        if (_variables.ContainsKey(name) || _rows.ContainsKey(name))
        {
            throw QueryErrors.At(QueryErrors.Malformed, node.Position, $"The variable {name} stands for another value already.", $"Biến {name} đã dùng cho giá trị khác.");
        }

        variables.Add(name, value);
        var bound = BindCondition(condition);
        variables.Remove(name);
        return bound;
    }
}
