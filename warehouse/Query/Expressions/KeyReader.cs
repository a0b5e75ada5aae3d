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
    {
        var tokens = Tokenizer.Tokens(text, scope.Limits);
        var columns = RowKey.KeyColumns(scope.Contract);
        var values = new Dictionary<string, Constant>(StringComparer.Ordinal);
        var at = 0;
        do
        {
            ColumnContract? column = null;
            if (tokens[at].Kind == TokenKind.Name && tokens[at + 1].Kind == TokenKind.Equals)
            {
                column = columns.FirstOrDefault(c => c.Name.Equals(tokens[at].Text, StringComparison.OrdinalIgnoreCase))
                    ?? throw Bad(scope, tokens[at].Position);
                at += 2;
            }
            else if (columns.Count == 1)
            {
                column = columns[0];
            }

            var position = tokens[at].Position;
            var negative = tokens[at].Kind == TokenKind.Minus;
            at += negative ? 1 : 0;
            if (column is null || Literal(tokens[at], negative) is not { Value: not null } value || !values.TryAdd(column.Name, value))
            {
                throw Bad(scope, position);
            }

            at++;
        }
        while (tokens[at].Kind == TokenKind.Comma && ++at < tokens.Count);
        return tokens[at].Kind == TokenKind.End && values.Count == columns.Count
            ? All(columns.Select(c => Match(c, values[c.Name], scope)))
            : throw Bad(scope, tokens[at].Position);
    }

    /// <summary>Key values as path segments (decoded), in the order of the key columns; text without quotes.</summary>
    /// <exception cref="OpenDataException"><c>OD1218</c>.</exception>
    public static BoundExpression InSegments(IReadOnlyList<string> segments, QueryScope scope)
    {
        var columns = RowKey.KeyColumns(scope.Contract);
        return segments.Count == columns.Count
            ? All(columns.Select((c, i) => Match(c, Segment(c, segments[i], scope), scope)))
            : throw Bad(scope, 0);
    }

    private static Constant Segment(ColumnContract column, string text, QueryScope scope)
    {
        var type = ExpressionType.Of(column.Type);
        if (type.Kind == ValueKind.Text)
        {
            return text.Contains('\0', StringComparison.Ordinal)
                ? throw Bad(scope, 0)
                : new Constant(type, text.Normalize(System.Text.NormalizationForm.FormC));
        }

        if (type.Kind == ValueKind.Duration)
        {
            return new Constant(type, Literals.DurationMicros(text) ?? throw Bad(scope, 0));
        }

        var tokens = Tokenizer.Tokens(text, scope.Limits);
        var negative = tokens[0].Kind == TokenKind.Minus;
        var at = negative ? 1 : 0;
        return Literal(tokens[at], negative) is { } value && tokens[at + 1].Kind == TokenKind.End ? value : throw Bad(scope, 0);
    }

    private static Constant? Literal(Token token, bool negative) => token.Kind switch
    {
        TokenKind.Number => Literals.Of(token, negative),
        TokenKind.Name when !negative => Literals.OfWord(token.Text),
        TokenKind.Text or TokenKind.Date or TokenKind.DateTimeOffset or TokenKind.TimeOfDay or TokenKind.Guid or TokenKind.Prefixed when !negative
            => Literals.Of(token, negative: false),
        _ => null,
    };

    private static Compare Match(ColumnContract column, Constant value, QueryScope scope)
    {
        var type = ExpressionType.Of(column.Type);
        var fits = type.Kind == value.Type.Kind
            || (type.Kind is ValueKind.Decimal or ValueKind.Double && value.Type.Kind is ValueKind.Integer or ValueKind.Decimal);
        return fits
            ? new Compare(
                OperatorKind.Equal,
                new Column(column),
                type.Kind == ValueKind.Double ? (Constant)ExpressionBinder.AsDouble(value) : value)
            : throw Bad(scope, 0);
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
