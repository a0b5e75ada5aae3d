using System.Text;

namespace OpenData.Warehouse.Tests.Query.Evaluator;

/// <summary>The rules by which values compare.</summary>
internal static class Meaning
{
    /// <summary>The order of <c>$orderby</c>, groups, <c>min</c> and <c>max</c>: null first, NaN last and equal to itself.</summary>
    public static int Order(object? a, object? b) => (a, b) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (double x, double y) when double.IsNaN(x) || double.IsNaN(y) => double.IsNaN(x).CompareTo(double.IsNaN(y)),
        _ => Compare(a, b),
    };

    /// <summary>A comparison: null is a value equal to null only, NaN is equal to nothing.</summary>
    public static bool Holds(string op, object? a, object? b)
    {
        if (a is null || b is null)
        {
            var same = a is null && b is null;
            return op switch { "eq" or "ge" or "le" => same, "ne" => !same, _ => false };
        }

        if ((a is double x && double.IsNaN(x)) || (b is double y && double.IsNaN(y)))
        {
            return op == "ne";
        }

        var order = Compare(a, b);
        return op switch
        {
            "eq" => order == 0,
            "ne" => order != 0,
            "gt" => order > 0,
            "ge" => order >= 0,
            "lt" => order < 0,
            _ => order <= 0,
        };
    }

    private static int Compare(object a, object b) => (a, b) switch
    {
        (bool x, bool y) => x.CompareTo(y),
        (Number x, Number y) => x.Against(y),
        (double x, double y) => x < y ? -1 : x > y ? 1 : 0,
        (string x, string y) => Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y)),
        (Day x, Day y) => x.Number.CompareTo(y.Number),
        (Clock x, Clock y) => x.Micros.CompareTo(y.Micros),
        (Moment x, Moment y) => x.Micros.CompareTo(y.Micros),
        (Span x, Span y) => x.Micros.CompareTo(y.Micros),
        (Guid x, Guid y) => string.CompareOrdinal(x.ToString("N"), y.ToString("N")),
        _ => throw new InvalidOperationException($"{a.GetType().Name} does not compare with {b.GetType().Name}."),
    };
}
