using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Warehouse.Query;

/// <summary>Pure: what the engine could not compute for a caller's expression → the caller's own error instead of a failure of ours.</summary>
public static class QueryFailure
{
    /// <summary>
    /// The error to answer with: <c>OD1212</c> for arithmetic that overflowed on the data, <c>OD1213</c> for a pattern that RE2 refused,
    /// and the failure itself where the query is not to blame.
    /// </summary>
    /// <param name="failure">What the engine threw.</param>
    /// <param name="query">The query that ran.</param>
    public static OpenDataException Explain(OpenDataException failure, DatasetQuery query)
    {
        if (failure.Code == ExportErrors.DayOutsideCalendar && (query.Computed.Count > 0 || query.Apply.Count > 0))
        {
            return new OpenDataException(
                QueryErrors.CalculationFailed,
                new Catalogs.LocalText(
                    "Một ngày giờ tính được nằm ngoài các năm 1 đến 9999 theo giờ của cột.",
                    "A calculated day lies outside the years 1 to 9999 by the clocks of its column."),
                inner: failure);
        }

        if (failure.InnerException is not EngineException { Kind: "OutOfRange" or "Conversion" or "InvalidInput" or "Out" or "Invalid" or "Binder" } engine
            || (failure.Code == EngineErrors.OutOfMemory && engine.Message.Contains("Memory", StringComparison.OrdinalIgnoreCase)))
        {
            return failure;
        }

        var expressions = Expressions(query).ToList();
        if (engine.Kind is "InvalidInput" or "Invalid" && expressions.Any(HasPattern))
        {
            return new OpenDataException(
                QueryErrors.BadPattern,
                new Catalogs.LocalText(
                    "Mẫu không phải biểu thức chính quy RE2, hoặc quá lớn.",
                    "The pattern is not a regular expression that RE2 takes, or too large."),
                inner: failure);
        }

        return expressions.Count == 0
            ? failure
            : new OpenDataException(
                QueryErrors.CalculationFailed,
                new Catalogs.LocalText(
                    "Phép tính trong truy vấn vượt phạm vi số ở một dòng nào đó.",
                    "A calculation of the query went out of range on some row."),
                inner: failure);
    }

    private static IEnumerable<BoundExpression> Expressions(DatasetQuery query)
        => query.OrderBy.Select(t => t.Key)
            .Concat(query.Computed.Select(c => c.Expression))
            .Concat(query.Apply.SelectMany(Expressions))
            .Append(query.Predicate)
            .OfType<BoundExpression>()
            .Concat(query.Expand.SelectMany(e => Expressions(e.Query)));

    private static IEnumerable<BoundExpression?> Expressions(Transformation step) => step switch
    {
        Transformation.Filter filter => [filter.Condition],
        Transformation.Compute compute => compute.Columns.Select(c => c.Expression),
        Transformation.Group group => group.Aggregates.Select(a => a.Value),
        Transformation.First first => [first.Order.Key],
        Transformation.Until until => [until.Order.Key],
        Transformation.Sort sort => sort.Terms.Select(t => t.Key),
        Transformation.Concat concat => concat.Branches.SelectMany(b => b.Steps.SelectMany(Expressions)),
        _ => [],
    };

    private static bool HasPattern(BoundExpression expression) => expression switch
    {
        BoundExpression.Call { Function: Function.MatchesPattern } => true,
        BoundExpression.Call call => call.Arguments.Any(HasPattern),
        BoundExpression.Not not => HasPattern(not.Operand),
        BoundExpression.Lambda { Condition: { } condition } => HasPattern(condition),
        BoundExpression.RelatedAny { Condition: { } condition } => HasPattern(condition),
        BoundExpression.RelatedCount { Condition: { } condition } => HasPattern(condition),
        BoundExpression.ListCount { Condition: { } condition } => HasPattern(condition),
        BoundExpression.ListPart part => (part.Condition is { } condition && HasPattern(condition)) || part.OrderBy.Any(t => HasPattern(t.Key)),
        BoundExpression.Negate negate => HasPattern(negate.Operand),
        BoundExpression.Logic logic => logic.Operands.Any(HasPattern),
        BoundExpression.Compare compare => HasPattern(compare.Left) || HasPattern(compare.Right),
        BoundExpression.In membership => HasPattern(membership.Operand),
        BoundExpression.Arithmetic arithmetic => HasPattern(arithmetic.Left) || HasPattern(arithmetic.Right),
        BoundExpression.Converted converted => HasPattern(converted.Operand),
        BoundExpression.Case choice => choice.Branches.Any(b => HasPattern(b.When) || HasPattern(b.Then)),
        _ => false,
    };
}
