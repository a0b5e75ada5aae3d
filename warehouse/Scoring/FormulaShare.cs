using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring;

/// <summary>Pure: formula and answer → share of the points, in <c>decimal</c>.</summary>
internal static class FormulaShare
{
    /// <summary>The share of an answered component.</summary>
    /// <param name="formula">Its formula.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="points">Greatest number of points, for points that come from outside.</param>
    /// <param name="best">Greatest ratio of the league, for formulas that are relative to it; null when nobody has one.</param>
    internal static ShareResult Of(Formula formula, ComponentAnswer answer, decimal points, decimal? best)
        => Check(formula, answer) is { } problem ? ShareResult.Refused(problem) : formula switch
        {
            Formula.Boolean => Scaled(answer.Numbers["value"], 1, whole: true),
            Formula.Levels levels => Level(levels, answer.Level!),
            Formula.Parts parts => ShareOfParts(parts, answer),
            Formula.Steps steps => ShareResult.Of(Reached(steps.Of, answer.Numbers["n"])),
            Formula.Ratio ratio => Divided(answer, ratio.Zero, ratio.Above, q => q),
            Formula.RatioCapped capped => Divided(answer, capped.Zero, AboveRule.Cap, q => Math.Min(1, q / capped.Target), limited: false),
            Formula.Tiers tiers => Divided(answer, tiers.Zero, AboveRule.Cap, q => Reached(tiers.Of, q), limited: false),
            Formula.RelativeToBest relative => Divided(answer, relative.Zero, AboveRule.Cap, q => best is > 0 ? Math.Min(1, q / best.Value) : 0, limited: false),
            Formula.CountCapped count => ShareResult.Of(Math.Min(1, answer.Numbers["n"] / count.Full)),
            Formula.Growth growth => Grown(growth, answer.Numbers["now"], answer.Numbers["before"]),
            Formula.Inverse inverse => Divided(answer, inverse.Zero, inverse.Above, q => 1 - q),
            Formula.Goalpost posts => ShareResult.Of(Math.Clamp((answer.Numbers["x"] - posts.Min) / (posts.Max - posts.Min), 0, 1)),
            Formula.Survey survey => Scaled(answer.Numbers["score"], survey.Scale, whole: false),
            Formula.External => Scaled(answer.Numbers["points"], points, whole: false),
            _ => throw new InvalidOperationException($"Formula {formula.Kind} has no meaning."),
        };

    /// <summary>a ÷ b of an answer; null when there is none to compare with the league.</summary>
    internal static decimal? Ratio(ComponentAnswer? answer)
        => answer is { Kind: AnswerKind.Answered } && answer.Numbers.TryGetValue("a", out var a) && answer.Numbers.TryGetValue("b", out var b) && a >= 0 && b > 0
            ? a / b
            : null;

    private static AnswerProblem? Check(Formula formula, ComponentAnswer answer)
    {
        if (formula is Formula.Levels)
        {
            return answer.Level is null ? AnswerProblem.InputMissing : null;
        }

        if (formula.Roles.Any(r => !answer.Numbers.ContainsKey(r)))
        {
            return AnswerProblem.InputMissing;
        }

        // Only what a goalpost measures may be below zero: a temperature, a balance.
        return formula is not Formula.Goalpost && formula.Roles.Any(r => answer.Numbers[r] < 0) ? AnswerProblem.Negative : null;
    }

    private static ShareResult Level(Formula.Levels levels, string chosen)
        => levels.Of.FirstOrDefault(l => string.Equals(l.Name, chosen, StringComparison.Ordinal)) is { } level
            ? ShareResult.Of(level.Share)
            : ShareResult.Refused(AnswerProblem.UnknownLevel);

    private static ShareResult ShareOfParts(Formula.Parts parts, ComponentAnswer answer)
        => parts.Of.Any(p => answer.Numbers[p.Name] > 1)
            ? ShareResult.Refused(AnswerProblem.OutOfScale)
            : ShareResult.Of(parts.Of.Sum(p => p.Share * answer.Numbers[p.Name]));

    private static decimal Reached(IReadOnlyList<FormulaStep> steps, decimal value)
        => steps.Where(s => value >= s.From).Select(s => s.Share).LastOrDefault();

    private static ShareResult Divided(ComponentAnswer answer, ZeroRule zero, AboveRule above, Func<decimal, decimal> share, bool limited = true)
    {
        var (a, b) = (answer.Numbers["a"], answer.Numbers["b"]);
        if (b == 0)
        {
            // Something of nothing is a mistake whatever the rule for nothing of nothing says.
            return a > 0 ? ShareResult.Refused(AnswerProblem.AboveWhole) : ShareResult.Of(zero);
        }

        if (limited && a > b)
        {
            return above == AboveRule.Error ? ShareResult.Refused(AnswerProblem.AboveWhole) : ShareResult.Of(share(1));
        }

        return ShareResult.Of(share(a / b));
    }

    private static ShareResult Grown(Formula.Growth growth, decimal now, decimal before)
        => before == 0 ? ShareResult.Of(growth.Zero) : ShareResult.Of(Math.Clamp((now - before) / before / growth.Target, 0, 1));

    private static ShareResult Scaled(decimal value, decimal scale, bool whole)
        => value > scale || (whole && value is not (0 or 1)) ? ShareResult.Refused(AnswerProblem.OutOfScale) : ShareResult.Of(value / scale);
}
