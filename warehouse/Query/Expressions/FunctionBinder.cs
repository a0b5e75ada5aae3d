using System.Text.RegularExpressions;
using OpenData.Catalogs.Errors;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>Calls of canonical functions → bound calls: the allow-list, arity and argument types.</summary>
internal sealed class FunctionBinder(ExpressionBinder binder, QueryScope scope)
{
    private const int SecondsDigits = 26;
    private const int SecondsScale = 6;

    private static readonly ExpressionType Boolean = new(ValueKind.Boolean);
    private static readonly ExpressionType Integer = new(ValueKind.Integer);
    private static readonly ExpressionType Text = new(ValueKind.Text);
    private static readonly ExpressionType Seconds = new(ValueKind.Decimal, SecondsDigits, SecondsScale);

    private static readonly Dictionary<string, Signature> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["contains"] = new(Function.Contains, Boolean, [[ValueKind.Text], [ValueKind.Text]]),
        ["startswith"] = new(Function.StartsWith, Boolean, [[ValueKind.Text], [ValueKind.Text]]),
        ["endswith"] = new(Function.EndsWith, Boolean, [[ValueKind.Text], [ValueKind.Text]]),
        ["indexof"] = new(Function.IndexOf, Integer, [[ValueKind.Text], [ValueKind.Text]]),
        ["length"] = new(Function.Length, Integer, [[ValueKind.Text]]),
        ["substring"] = new(Function.Substring, Text, [[ValueKind.Text], [ValueKind.Integer], [ValueKind.Integer]], Optional: 1),
        ["tolower"] = new(Function.ToLower, Text, [[ValueKind.Text]]),
        ["toupper"] = new(Function.ToUpper, Text, [[ValueKind.Text]]),
        ["trim"] = new(Function.Trim, Text, [[ValueKind.Text]]),
        ["concat"] = new(Function.Concat, Text, [[ValueKind.Text], [ValueKind.Text]]),
        ["matchespattern"] = new(Function.MatchesPattern, Boolean, [[ValueKind.Text], [ValueKind.Text]]),
        ["year"] = new(Function.Year, Integer, [[ValueKind.Date, ValueKind.Instant]]),
        ["month"] = new(Function.Month, Integer, [[ValueKind.Date, ValueKind.Instant]]),
        ["day"] = new(Function.Day, Integer, [[ValueKind.Date, ValueKind.Instant]]),
        ["hour"] = new(Function.Hour, Integer, [[ValueKind.Instant, ValueKind.TimeOfDay]]),
        ["minute"] = new(Function.Minute, Integer, [[ValueKind.Instant, ValueKind.TimeOfDay]]),
        ["second"] = new(Function.Second, Integer, [[ValueKind.Instant, ValueKind.TimeOfDay]]),
        ["fractionalseconds"] = new(Function.FractionalSeconds, Seconds, [[ValueKind.Instant, ValueKind.TimeOfDay]]),
        ["date"] = new(Function.Date, new(ValueKind.Date), [[ValueKind.Instant]]),
        ["time"] = new(Function.Time, new(ValueKind.TimeOfDay), [[ValueKind.Instant]]),
        ["totaloffsetminutes"] = new(Function.TotalOffsetMinutes, Integer, [[ValueKind.Instant]]),
        ["totalseconds"] = new(Function.TotalSeconds, Seconds, [[ValueKind.Duration]]),
        ["round"] = new(Function.Round, Integer, [[ValueKind.Integer, ValueKind.Decimal, ValueKind.Double]]),
        ["floor"] = new(Function.Floor, Integer, [[ValueKind.Integer, ValueKind.Decimal, ValueKind.Double]]),
        ["ceiling"] = new(Function.Ceiling, Integer, [[ValueKind.Integer, ValueKind.Decimal, ValueKind.Double]]),
        ["geo.distance"] = new(Function.GeoDistance, new(ValueKind.Double), [[ValueKind.Point], [ValueKind.Point]]),
    };

    private static readonly string[] Constants = ["now", "mindatetime", "maxdatetime"];

    private static readonly string[] KnownElsewhere = ["geo.intersects", "geo.length", "hassubset", "hassubsequence"];

    /// <summary>All function names, in lower case.</summary>
    public static IEnumerable<string> Names => [.. Known.Keys, .. Constants, "case"];

    public BoundExpression Bind(SyntaxNode.Call call)
    {
        if (Constants.Contains(call.Function, StringComparer.OrdinalIgnoreCase))
        {
            RequireArity(call, 0, 0);
            return Clock(call.Function);
        }

        if (!Known.TryGetValue(call.Function, out var signature))
        {
            throw Unknown(call);
        }

        RequireArity(call, signature.Parameters.Count - signature.Optional, signature.Parameters.Count);
        var arguments = call.Arguments.Select((node, i) => Argument(call, node, signature.Parameters[i])).ToList();
        return signature.Function switch
        {
            Function.Round or Function.Floor or Function.Ceiling => Rounded(signature.Function, arguments[0]),
            Function.MatchesPattern => Pattern(call, arguments),
            Function.GeoDistance => Distance(call, arguments),
            _ => new Call(signature.Function, arguments, signature.Result, binder.ZoneOf(arguments[0])),
        };
    }

    private Constant Clock(string name)
    {
        var type = new ExpressionType(ValueKind.Instant);
        if (name.Equals("now", StringComparison.OrdinalIgnoreCase))
        {
            scope.UsesNow = true;
            var ticks = scope.Now.UtcTicks;
            return new Constant(type, new DateTime(ticks - (ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc));
        }

        return name.Equals("mindatetime", StringComparison.OrdinalIgnoreCase)
            ? new Constant(type, new DateTime(0, DateTimeKind.Utc))
            : new Constant(type, new DateTime(DateTime.MaxValue.Ticks - (DateTime.MaxValue.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc));
    }

    private BoundExpression Argument(SyntaxNode.Call call, SyntaxNode node, IReadOnlyList<ValueKind> kinds)
    {
        var bound = binder.Bind(node);
        if (bound.Type.Kind == ValueKind.Null)
        {
            return ExpressionBinder.TypedNull(kinds[0] == ValueKind.Decimal ? Seconds : new ExpressionType(kinds[0]));
        }

        if (kinds.Contains(bound.Type.Kind))
        {
            return bound;
        }

        var wanted = string.Join(" or ", kinds.Select(k => new ExpressionType(k).EdmName));
        throw ExpressionBinder.Wrong(
            node,
            $"{call.Function} takes {wanted} here, not {bound.Type.EdmName}.",
            $"{call.Function} nhận {wanted} ở đây, không phải {bound.Type.EdmName}.");
    }

    private static BoundExpression Rounded(Function function, BoundExpression number) => number.Type.Kind switch
    {
        ValueKind.Integer => number,
        ValueKind.Double => new Call(function, [number], number.Type, ""),
        _ => new Call(
            function,
            [number],
            new ExpressionType(ValueKind.Decimal, Math.Min(ExactNumber.DigitsMax, number.Type.IntegerDigits + 1), 0),
            ""),
    };

    private Call Pattern(SyntaxNode.Call call, List<BoundExpression> arguments)
    {
        if (arguments[1] is not Constant { Value: string pattern })
        {
            throw ExpressionBinder.Wrong(
                call.Arguments[1],
                "The pattern is a literal text.",
                "Mẫu phải là một chuỗi viết sẵn.");
        }

        var position = call.Arguments[1].Position;
        if (pattern.Length > scope.Limits.PatternCharsMax)
        {
            throw QueryErrors.At(
                QueryErrors.TooComplex,
                position,
                $"The pattern is over {nameof(QueryLimits.PatternCharsMax)} = {scope.Limits.PatternCharsMax}.",
                $"Mẫu vượt giới hạn {nameof(QueryLimits.PatternCharsMax)} = {scope.Limits.PatternCharsMax}.");
        }

        RequireReadable(pattern, position);
        return new Call(Function.MatchesPattern, arguments, Boolean, "");
    }

    // Only parsed, never run: .NET's grammar finds the mistakes with a position; RE2 in the engine has the last word.
    private static void RequireReadable(string pattern, int position)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1));
        }
        catch (Exception e) when (e is RegexParseException or NotSupportedException)
        {
            throw QueryErrors.At(
                QueryErrors.BadPattern,
                position + 1 + ((e as RegexParseException)?.Offset ?? 0),
                "The pattern is not a regular expression that RE2 knows (no look-around, no back-references).",
                "Mẫu không phải biểu thức chính quy RE2 (không có look-around, tham chiếu ngược).");
        }
    }

    private static Call Distance(SyntaxNode.Call call, List<BoundExpression> arguments)
    {
        if (arguments.Any(a => a is not (Column or Constant)))
        {
            throw ExpressionBinder.Wrong(
                call,
                "geo.distance takes point columns and point literals.",
                "geo.distance nhận cột điểm và điểm viết sẵn.");
        }

        return new Call(Function.GeoDistance, arguments, new ExpressionType(ValueKind.Double), "");
    }

    private static void RequireArity(SyntaxNode.Call call, int least, int most)
    {
        if (call.Arguments.Count >= least && call.Arguments.Count <= most)
        {
            return;
        }

        var wanted = least == most ? $"{least}" : $"{least}–{most}";
        throw QueryErrors.At(
            QueryErrors.Malformed,
            call.Position,
            $"{call.Function} takes {wanted} arguments, not {call.Arguments.Count}.",
            $"{call.Function} cần {wanted} đối số, không phải {call.Arguments.Count}.");
    }

    private static OpenDataException Unknown(SyntaxNode.Call call)
    {
        if (KnownElsewhere.Contains(call.Function, StringComparer.OrdinalIgnoreCase))
        {
            return QueryErrors.At(
                QueryErrors.NotSupported,
                call.Position,
                $"This service does not support the function {call.Function}.",
                $"Dịch vụ chưa hỗ trợ hàm {call.Function}.");
        }

        var name = call.Function.Length > 60 ? call.Function[..60] + "…" : call.Function;
        return QueryErrors.At(
            QueryErrors.UnknownFunction,
            call.Position,
            $"There is no function {name}.",
            $"Không có hàm {name}.",
            Spelling.Nearest(call.Function, Names));
    }

    private sealed record Signature(
        Function Function,
        ExpressionType Result,
        IReadOnlyList<IReadOnlyList<ValueKind>> Parameters,
        int Optional = 0);
}
