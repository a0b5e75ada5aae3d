using System.Globalization;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Portal.Tests.OData;

/// <summary>
/// One spelling for the bound trees of both parsers: operators and functions before their operands, chains of and and or flat, conversions left
/// out, numbers by value.
/// </summary>
internal static class NormalForm
{
    private const long UnixEpochTicks = 621_355_968_000_000_000;

    public static string Of(BoundExpression node) => node switch
    {
        BoundExpression.Constant constant => Value(constant.Value, constant.Type.Kind),
        BoundExpression.Column column => column.Contract.Name,
        BoundExpression.Item => "x",
        BoundExpression.Not not => $"(not {Of(not.Operand)})",
        BoundExpression.Negate negate => $"(- {Of(negate.Operand)})",
        BoundExpression.Logic logic => $"({(logic.All ? "and" : "or")} {string.Join(' ', logic.Operands.SelectMany(o => Flat(o, logic.All)))})",
        BoundExpression.Compare compare => $"({Name(compare.Operator)} {Of(compare.Left)} {Of(compare.Right)})",
        BoundExpression.In membership => $"(in {Of(membership.Operand)} {string.Join(' ', membership.Items.Select(Of))})",
        BoundExpression.Arithmetic arithmetic => $"({Name(arithmetic.Operator)} {Of(arithmetic.Left)} {Of(arithmetic.Right)})",
        BoundExpression.Call call => $"({call.Function.ToString().ToLowerInvariant()} {string.Join(' ', call.Arguments.Select(Of))})",
        BoundExpression.Lambda { Condition: null } lambda => $"(any {Of(lambda.List)})",
        BoundExpression.Lambda lambda => $"({(lambda.All ? "all" : "any")} {Of(lambda.List)} {Of(lambda.Condition)})",
        BoundExpression.ListCount count => $"(count {Of(count.List)})",
        BoundExpression.Converted converted => Of(converted.Operand),
        _ => node.GetType().Name,
    };

    public static string Of(QueryNode node) => Bare(node) switch
    {
        ConstantNode constant => Value(constant),
        SingleValuePropertyAccessNode property => property.Property.Name,
        CollectionPropertyAccessNode list => list.Property.Name,
        NonResourceRangeVariableReferenceNode => "x",
        UnaryOperatorNode unary => $"({(unary.OperatorKind == UnaryOperatorKind.Not ? "not" : "-")} {Of(unary.Operand)})",
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or } logic
            => $"({Name(logic.OperatorKind)} {string.Join(' ', Flat(logic.Left, logic.OperatorKind).Concat(Flat(logic.Right, logic.OperatorKind)))})",
        BinaryOperatorNode binary => $"({Name(binary.OperatorKind)} {Of(binary.Left)} {Of(binary.Right)})",
        InNode membership => $"(in {Of(membership.Left)} {(membership.Right is CollectionConstantNode list ? string.Join(' ', list.Collection.Select(Of)) : Of(membership.Right))})",
        SingleValueFunctionCallNode call => $"({call.Name.ToLowerInvariant()} {string.Join(' ', call.Parameters.Select(Of))})",
        AnyNode { Body: ConstantNode { Value: true } } any => $"(any {Of(any.Source)})",
        AnyNode any => $"(any {Of(any.Source)} {Of(any.Body)})",
        AllNode all => $"(all {Of(all.Source)} {Of(all.Body)})",
        CountNode count => $"(count {Of(count.Source)})",
        var other => other.GetType().Name,
    };

    /// <summary>The node without conversions around it.</summary>
    public static SingleValueNode Bare(SingleValueNode node) => node is ConvertNode convert ? Bare(convert.Source) : node;

    /// <summary>The type's name; all whole numbers are one.</summary>
    public static string Kind(string type) => type is "Edm.Int16" or "Edm.Int32" or "Edm.Byte" or "Edm.SByte" ? "Edm.Int64" : type is "Edm.Single" ? "Edm.Double" : type;

    private static QueryNode Bare(QueryNode node) => node is SingleValueNode single ? Bare(single) : node;

    private static IEnumerable<string> Flat(BoundExpression node, bool all)
        => node is BoundExpression.Logic logic && logic.All == all ? logic.Operands.SelectMany(o => Flat(o, all)) : [Of(node)];

    private static IEnumerable<string> Flat(SingleValueNode node, BinaryOperatorKind kind)
        => Bare(node) is BinaryOperatorNode logic && logic.OperatorKind == kind ? Flat(logic.Left, kind).Concat(Flat(logic.Right, kind)) : [Of(node)];

    private static string Name(OperatorKind kind) => kind switch
    {
        OperatorKind.Equal => "eq",
        OperatorKind.NotEqual => "ne",
        OperatorKind.Greater => "gt",
        OperatorKind.GreaterOrEqual => "ge",
        OperatorKind.Less => "lt",
        OperatorKind.LessOrEqual => "le",
        OperatorKind.Add => "add",
        OperatorKind.Subtract => "sub",
        OperatorKind.Multiply => "mul",
        OperatorKind.Divide => "div",
        _ => "mod",
    };

    private static string Name(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Equal => "eq",
        BinaryOperatorKind.NotEqual => "ne",
        BinaryOperatorKind.GreaterThan => "gt",
        BinaryOperatorKind.GreaterThanOrEqual => "ge",
        BinaryOperatorKind.LessThan => "lt",
        BinaryOperatorKind.LessThanOrEqual => "le",
        BinaryOperatorKind.Add => "add",
        BinaryOperatorKind.Subtract => "sub",
        BinaryOperatorKind.Multiply => "mul",
        BinaryOperatorKind.Divide => "div",
        BinaryOperatorKind.Modulo => "mod",
        BinaryOperatorKind.And => "and",
        _ => "or",
    };

    private static string Value(object? value, ValueKind kind) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => "'" + text + "'",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        // What now() means in these tests.
        DateTime { Ticks: UnixEpochTicks } => "(now )",
        DateTime instant => instant.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        long micros when kind is ValueKind.TimeOfDay or ValueKind.Duration => $"{micros}us",
        Guid guid => guid.ToString(),
        ExactNumber exact => Number(exact.ToDouble()),
        var number => Number(Convert.ToDouble(number, CultureInfo.InvariantCulture)),
    };

    private static string Value(ConstantNode node) => node.Value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => "'" + text + "'",
        Date day => day.ToString(),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        TimeOfDay time => $"{time.Ticks / TimeSpan.TicksPerMicrosecond}us",
        TimeSpan length => $"{length.Ticks / TimeSpan.TicksPerMicrosecond}us",
        Guid guid => guid.ToString(),
        var number => Number(Convert.ToDouble(number, CultureInfo.InvariantCulture)),
    };

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
