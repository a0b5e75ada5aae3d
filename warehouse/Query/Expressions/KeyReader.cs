using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>Keys in addresses → a predicate that at most one row has.</summary>
public static class KeyReader
{
    /// <summary>What stands between the parentheses: <c>'x'</c>, or <c>code='01',level='province'</c>.</summary>
    /// <exception cref="OpenDataException"><c>OD1218</c> when it does not name exactly the key columns, <c>OD1201</c>/<c>OD1211</c> for bad literals.</exception>
    public static BoundExpression InParentheses(string text, QueryScope scope)
        => Located.In(text, () => Bind(KeyPart.Parse(text, scope.Limits, position => Bad(scope, position)), scope));

    /// <summary>Key values as path segments (decoded), in the order of the key columns; text without quotes.</summary>
    /// <exception cref="OpenDataException"><c>OD1218</c>.</exception>
    public static BoundExpression InSegments(IReadOnlyList<string> segments, QueryScope scope)
    {
        var columns = RowKey.KeyColumns(scope.Contract);
        return segments.Count == columns.Count
            ? All(columns.Select((c, i) => Located.In(segments[i], () => Match(c, Segment(c, segments[i], scope), scope, 0))))
            : throw Bad(scope, 0);
    }

    private static BoundExpression Bind(IReadOnlyList<KeyPart> parts, QueryScope scope)
    {
        var columns = RowKey.KeyColumns(scope.Contract);
        var values = new Dictionary<string, Compare>(StringComparer.Ordinal);
        foreach (var (name, value, position) in parts)
        {
            var column = name is null
                ? columns.Count == 1 ? columns[0] : null
                : columns.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (column is null || Value(value, scope) is not { Value: not null } constant || !values.TryAdd(column.Name, Match(column, constant, scope, position)))
            {
                throw Bad(scope, position);
            }
        }

        return values.Count == columns.Count ? All(columns.Select(c => values[c.Name])) : throw Bad(scope, 0);
    }

    private static Constant? Value(SyntaxNode value, QueryScope scope) => value switch
    {
        SyntaxNode.Literal literal => literal.Value,
        SyntaxNode.Alias alias when scope.AliasText(alias.Text) is { } text
            => (Located.In(text, () => ExpressionParser.ParseAlias(text, scope.Limits)) as SyntaxNode.Literal)?.Value,
        _ => null,
    };

    private static Constant Segment(ColumnContract column, string text, QueryScope scope)
    {
        var type = ExpressionType.Of(column.Type);
        if (type.Kind == ValueKind.Text)
        {
            return text.AsSpan().ContainsAny('\0', Tokenizer.NoCharacter)
                ? throw Bad(scope, 0)
                : new Constant(type, text.Normalize(System.Text.NormalizationForm.FormC));
        }

        if (type.Kind == ValueKind.Duration)
        {
            return new Constant(type, Literals.DurationMicros(text) ?? throw Bad(scope, 0));
        }

        var parser = new ExpressionParser(text, scope.Limits);
        return parser.TryLiteral(json: false) is { Value: { Value: not null } value } && parser.Current.Kind == TokenKind.End ? value : throw Bad(scope, 0);
    }

    private static Compare Match(ColumnContract column, Constant value, QueryScope scope, int position)
    {
        var type = ExpressionType.Of(column.Type);
        if (type.Kind == ValueKind.Duration && value.Value is string text && Literals.DurationMicros(text) is { } length)
        {
            value = new Constant(type, length);
        }

        var fits = type.Kind == value.Type.Kind
            || (type.Kind is ValueKind.Decimal or ValueKind.Double && value.Type.Kind is ValueKind.Integer or ValueKind.Decimal);
        return fits
            ? new Compare(
                OperatorKind.Equal,
                new Column(column),
                type.Kind == ValueKind.Double ? (Constant)ExpressionBinder.AsDouble(value) : value)
            : throw Bad(scope, position);
    }

    private static BoundExpression All(IEnumerable<Compare> parts) => AllOf(parts)!;

    private static OpenDataException Bad(QueryScope scope, int position)
    {
        var names = RowKey.KeyColumns(scope.Contract).Select(c => $"{c.Name}={Example(c)}").ToList();
        var example = names.Count == 1 ? names[0][(names[0].IndexOf('=', StringComparison.Ordinal) + 1)..] : string.Join(',', names);
        return QueryErrors.At(
            QueryErrors.BadKey,
            position,
            $"The key of {scope.Contract.Id} is written {scope.Contract.Id}({example}).",
            $"Khóa của {scope.Contract.Id} viết là {scope.Contract.Id}({example}).",
            $"{scope.Contract.Id}({example})");
    }

    private static string Example(ColumnContract column) => ExpressionType.Of(column.Type).Kind switch
    {
        ValueKind.Text => "'…'",
        ValueKind.Date => "2025-07-01",
        ValueKind.Instant => "2025-07-01T00:00:00Z",
        ValueKind.TimeOfDay => "08:30",
        ValueKind.Guid => "00000000-0000-0000-0000-000000000000",
        ValueKind.Duration => "duration'PT1H'",
        ValueKind.Boolean => "true",
        _ => "1",
    };
}
