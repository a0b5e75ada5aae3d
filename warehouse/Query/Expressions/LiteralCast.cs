using OpenData.Catalogs.Errors;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary><c>cast(…,Edm.Type)</c> of texts that stand in the query: the value that the text spells as a literal, null when it spells none.</summary>
internal static class LiteralCast
{
    private static readonly Dictionary<string, (ValueKind Kind, long Least, long Most)> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Edm.String"] = (ValueKind.Text, 0, 0),
        ["Edm.Boolean"] = (ValueKind.Boolean, 0, 0),
        ["Edm.Byte"] = (ValueKind.Integer, byte.MinValue, byte.MaxValue),
        ["Edm.SByte"] = (ValueKind.Integer, sbyte.MinValue, sbyte.MaxValue),
        ["Edm.Int16"] = (ValueKind.Integer, short.MinValue, short.MaxValue),
        ["Edm.Int32"] = (ValueKind.Integer, int.MinValue, int.MaxValue),
        ["Edm.Int64"] = (ValueKind.Integer, long.MinValue, long.MaxValue),
        ["Edm.Decimal"] = (ValueKind.Decimal, 0, 0),
        ["Edm.Double"] = (ValueKind.Double, 0, 0),
        ["Edm.Date"] = (ValueKind.Date, 0, 0),
        ["Edm.TimeOfDay"] = (ValueKind.TimeOfDay, 0, 0),
        ["Edm.DateTimeOffset"] = (ValueKind.Instant, 0, 0),
        ["Edm.Duration"] = (ValueKind.Duration, 0, 0),
        ["Edm.Guid"] = (ValueKind.Guid, 0, 0),
    };

    /// <summary>The constant.</summary>
    /// <exception cref="OpenDataException"><c>OD1205</c> for types that we lack and for values that are calculated from rows.</exception>
    public static BoundExpression Bind(SyntaxNode.Cast cast, BoundExpression value, QueryLimits limits)
    {
        if (!Types.TryGetValue(cast.Type, out var type))
        {
            throw Unsupported(cast, "this type in cast", "kiểu này trong cast");
        }

        var none = new ExpressionType(type.Kind, type.Kind == ValueKind.Decimal ? 1 : 0);
        return value switch
        {
            { Type.Kind: ValueKind.Null } or Constant { Value: null } => ExpressionBinder.TypedNull(none),
            Constant { Value: string text } => type.Kind == ValueKind.Text ? value : Read(text, type, limits) ?? ExpressionBinder.TypedNull(none),
            _ => throw Unsupported(cast, "cast of anything but a text that stands in the query", "cast ngoài chuỗi viết sẵn trong truy vấn"),
        };
    }

    private static Constant? Read(string text, (ValueKind Kind, long Least, long Most) type, QueryLimits limits)
    {
        try
        {
            return type.Kind == ValueKind.Duration
                ? Literals.DurationMicros(text) is { } micros ? new Constant(new ExpressionType(ValueKind.Duration), micros) : null
                : Fit(Literal(text, limits), type);
        }
        catch (OpenDataException)
        {
            // A text that is no literal at all.
            return null;
        }
    }

    private static Constant? Literal(string text, QueryLimits limits)
    {
        var parser = new ExpressionParser(text, limits);
        return parser.TryLiteral(json: false) is { } literal && parser.Current.Kind == TokenKind.End ? literal.Value : null;
    }

    private static Constant? Fit(Constant? literal, (ValueKind Kind, long Least, long Most) type) => (type.Kind, literal?.Value) switch
    {
        (ValueKind.Integer, long whole) => whole >= type.Least && whole <= type.Most ? literal : null,
        (ValueKind.Decimal, long whole) => Exact(new ExactNumber(whole, 0)),
        (ValueKind.Double, long or ExactNumber) => (Constant)ExpressionBinder.AsDouble(literal!),
        var (kind, found) => found is not null && literal!.Type.Kind == kind ? literal : null,
    };

    private static Constant Exact(ExactNumber number) => new(new ExpressionType(ValueKind.Decimal, number.Precision, number.Scale), number);

    private static OpenDataException Unsupported(SyntaxNode.Cast cast, string en, string vi)
        => QueryErrors.At(QueryErrors.NotSupported, cast.Position, $"This service does not support {en}.", $"Dịch vụ chưa hỗ trợ {vi}.");
}
