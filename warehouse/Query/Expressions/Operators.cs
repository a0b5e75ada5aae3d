namespace OpenData.Warehouse.Query.Expressions;

/// <summary>The infix operators with their binding strength.</summary>
internal static class Operators
{
    public const int Lowest = 1;

    private static readonly Dictionary<string, Operator> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["or"] = new(OperatorKind.Or, 1),
        ["and"] = new(OperatorKind.And, 2),
        ["eq"] = new(OperatorKind.Equal, 3),
        ["ne"] = new(OperatorKind.NotEqual, 3),
        ["gt"] = new(OperatorKind.Greater, 4),
        ["ge"] = new(OperatorKind.GreaterOrEqual, 4),
        ["lt"] = new(OperatorKind.Less, 4),
        ["le"] = new(OperatorKind.LessOrEqual, 4),
        ["in"] = new(OperatorKind.In, 4),
        ["has"] = new(OperatorKind.Has, 4),
        ["add"] = new(OperatorKind.Add, 5),
        ["sub"] = new(OperatorKind.Subtract, 5),
        ["mul"] = new(OperatorKind.Multiply, 6),
        ["div"] = new(OperatorKind.Divide, 6),
        ["divby"] = new(OperatorKind.DivideExactly, 6),
        ["mod"] = new(OperatorKind.Modulo, 6),
    };

    /// <summary>All names, for suggestions.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The operator of that name in any case, or null.</summary>
    public static Operator? Find(string name) => ByName.TryGetValue(name, out var found) ? found : null;
}
