using System.Globalization;
using System.Numerics;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Tests.Query.Evaluator;

/// <summary>One spelling of every value, of the engine's and of the evaluator's.</summary>
internal static class Shown
{
    public static string Row(IEnumerable<(Field Field, object? Value)> cells) => string.Join(" | ", cells.Select(c => Value(c.Field, c.Value)));

    public static string Value(Field field, object? value) => value switch
    {
        null => "null",
        // Zeros of both signs are one value; of an inexact sum the first digits count.
        double number => (number == 0 ? 0.0 : number).ToString(field.IsApproximate ? "G8" : "R", CultureInfo.InvariantCulture),
        string text => $"'{text}'",
        var other => string.Create(CultureInfo.InvariantCulture, $"{other}"),
    };

    /// <summary>A cell of the engine as a value of the evaluator.</summary>
    public static object? Value(Kind kind, object? cell) => (kind, cell) switch
    {
        (Kind.Day, long days) => new Day(days),
        (Kind.Clock, long micros) => new Clock(micros),
        (Kind.Moment, long micros) => new Moment(micros),
        (Kind.Span, long micros) => new Span(micros),
        (_, long whole) => Number.Whole(whole),
        (_, DecimalValue exact) => new Number(BigInteger.Parse(exact.Unscaled.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), exact.Scale, IsWhole: false),
        _ => cell,
    };
}
