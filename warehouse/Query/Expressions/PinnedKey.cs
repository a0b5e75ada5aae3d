using OpenData.Catalogs;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>Pure: the key that all rows of a predicate have, when it demands one.</summary>
public static class PinnedKey
{
    /// <summary>One value for each key column, in their order; null when the predicate leaves one open.</summary>
    /// <param name="predicate">The predicate.</param>
    /// <param name="key">The key columns.</param>
    public static IReadOnlyList<Constant>? Of(BoundExpression predicate, IReadOnlyList<ColumnContract> key)
    {
        var values = new Dictionary<string, Constant>(StringComparer.Ordinal);
        foreach (var part in Parts(predicate))
        {
            if (part is Compare { Operator: OperatorKind.Equal } equal
                && (Pair(equal.Left, equal.Right) ?? Pair(equal.Right, equal.Left)) is var (column, value))
            {
                values[column] = value;
            }
        }

        return key.All(c => values.ContainsKey(c.Name)) ? [.. key.Select(c => values[c.Name])] : null;
    }

    // What must hold whatever else does.
    private static IEnumerable<BoundExpression> Parts(BoundExpression predicate)
        => predicate is Logic { All: true } all ? all.Operands.SelectMany(Parts) : [predicate];

    // A value of another kind than the column's (7.0 for a whole number) is compared, but has another spelling.
    private static (string Column, Constant Value)? Pair(BoundExpression one, BoundExpression other)
        => one is Column { Of: null } column && other is Constant { Value: not null } value && value.Type.Kind == column.Type.Kind
            ? (column.Contract.Name, value)
            : null;
}
