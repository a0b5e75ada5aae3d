using OpenData.Catalogs;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>An expression whose names and types are settled against a contract. Immutable; knows neither SQL nor HTTP.</summary>
/// <param name="Type">The type of its value.</param>
public abstract record BoundExpression(ExpressionType Type)
{
    /// <summary>A value. Boolean: <c>bool</c>; integer: <c>long</c>; decimal: <see cref="ExactNumber"/>; double: <c>double</c>; text: <c>string</c> (NFC);
    /// date: <see cref="DateOnly"/>; time of day and duration: <c>long</c> microseconds; instant: <c>DateTime</c> in UTC; <see cref="System.Guid"/>; <see cref="GeoPoint"/>.</summary>
    public sealed record Constant(ExpressionType ValueType, object? Value) : BoundExpression(ValueType);

    /// <summary>A public column.</summary>
    /// <param name="Contract">The column.</param>
    /// <param name="Of">The row whose value it is; null for the row that the query looks at.</param>
    public sealed record Column(ColumnContract Contract, Row? Of = null) : BoundExpression(ExpressionType.Of(Contract.Type));

    /// <summary>Logical negation; unknown stays unknown.</summary>
    public sealed record Not(BoundExpression Operand) : BoundExpression(Boolean);

    /// <summary>Conjunction or disjunction of two or more operands.</summary>
    public sealed record Logic(bool All, IReadOnlyList<BoundExpression> Operands) : BoundExpression(Boolean);

    /// <summary>A comparison; both operands have comparable types. Never unknown: OData compares null as a value.</summary>
    public sealed record Compare(OperatorKind Operator, BoundExpression Left, BoundExpression Right) : BoundExpression(Boolean);

    /// <summary>Membership in a list of constants, among them perhaps null.</summary>
    public sealed record In(BoundExpression Operand, IReadOnlyList<Constant> Items) : BoundExpression(Boolean);

    /// <summary>Arithmetic on numbers, dates, instants and durations; null with anything is null.</summary>
    public sealed record Arithmetic(OperatorKind Operator, BoundExpression Left, BoundExpression Right, ExpressionType ResultType)
        : BoundExpression(ResultType);

    /// <summary>The opposite number or duration.</summary>
    public sealed record Negate(BoundExpression Operand) : BoundExpression(Operand.Type);

    /// <summary>A canonical function.</summary>
    public sealed record Call(Function Function, IReadOnlyList<BoundExpression> Arguments, ExpressionType ResultType, string TimeZone)
        : BoundExpression(ResultType);

    /// <summary>The value of the first condition that holds, else null.</summary>
    public sealed record Case(IReadOnlyList<(BoundExpression When, BoundExpression Then)> Branches, ExpressionType ResultType)
        : BoundExpression(ResultType);

    /// <summary>
    /// Whether a condition holds for one of a list's values, or for each of them; without a condition, whether there is a value. A missing list is an
    /// empty one, as OData has no other.
    /// </summary>
    public sealed record Lambda(Column List, bool All, Item? Variable, BoundExpression? Condition) : BoundExpression(Boolean);

    /// <summary>The value of the lambda that is looked at.</summary>
    /// <param name="Number">Tells the variables of nested lambdas apart.</param>
    /// <param name="Contract">The list's column as its values are.</param>
    public sealed record Item(int Number, ColumnContract Contract) : BoundExpression(ExpressionType.Of(Contract.Type));

    /// <summary>How many values of a list meet a condition, or how many it has; a missing one has none.</summary>
    public sealed record ListCount(Column List, Item? Variable, BoundExpression? Condition) : BoundExpression(new ExpressionType(ValueKind.Integer));

    /// <summary>Some of a list's values, in an order; a missing list stays missing.</summary>
    /// <param name="List">The list.</param>
    /// <param name="Variable">The value that condition and order look at.</param>
    public sealed record ListPart(Column List, Item Variable) : BoundExpression(List.Type)
    {
        /// <summary>Which values; null means all.</summary>
        public BoundExpression? Condition { get; init; }

        /// <summary>In which order; empty means as they stand. Equals stay as they stand.</summary>
        public IReadOnlyList<OrderTerm> OrderBy { get; init; } = [];

        /// <summary>Values passed over at the front, at least 0.</summary>
        public long Skip { get; init; }

        /// <summary>Values wanted at most; null means all.</summary>
        public long? Top { get; init; }
    }

    /// <summary>
    /// Whether a condition holds for one of the rows that a relation leads to, or for each of them; without a condition, whether there is one.
    /// </summary>
    /// <param name="Of">Where the relation begins; null for the row that the query looks at.</param>
    /// <param name="Variable">The related row that is looked at.</param>
    /// <param name="All">True when the condition must hold for each.</param>
    /// <param name="Condition">The condition.</param>
    public sealed record RelatedAny(Row? Of, Row.Variable Variable, bool All, BoundExpression? Condition) : BoundExpression(Boolean);

    /// <summary>How many of the rows to which a relation leads meet a condition, or how many there are.</summary>
    public sealed record RelatedCount(Row? Of, Row.Variable Variable, BoundExpression? Condition) : BoundExpression(new ExpressionType(ValueKind.Integer));

    /// <summary>
    /// True when the row's searchable columns hold the words, folded as <see cref="Folding"/> does: a single word as the beginning of a word, those of a
    /// phrase as whole words one after another in one column. Never unknown.
    /// </summary>
    /// <param name="Words">The words, folded.</param>
    /// <param name="IsPhrase">True for a phrase.</param>
    /// <param name="Of">The row that is searched; null for the row that the query looks at.</param>
    public sealed record Search(IReadOnlyList<string> Words, bool IsPhrase, Row? Of = null) : BoundExpression(Boolean);

    /// <summary>A number as double or as a wider decimal, or a date as the instant of its midnight in a zone.</summary>
    public sealed record Converted(BoundExpression Operand, ExpressionType ResultType, string TimeZone) : BoundExpression(ResultType);

    /// <summary>The null literal.</summary>
    public static Constant Null { get; } = new(new ExpressionType(ValueKind.Null), null);

    private static ExpressionType Boolean => new(ValueKind.Boolean);

    /// <summary>Conjunction that leaves out what is absent; null when nothing is left.</summary>
    public static BoundExpression? AllOf(params IEnumerable<BoundExpression?> operands)
    {
        var present = operands.OfType<BoundExpression>().ToList();
        return present.Count switch
        {
            0 => null,
            1 => present[0],
            _ => new Logic(All: true, present),
        };
    }
}
