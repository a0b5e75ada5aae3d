using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>
/// Pure: a component's score → its formula with the numbers filled in, <c>12 ÷ 16 × 30 = 22,5</c>. A result whose digits are not all shown, or that a rule
/// rounded, stands behind <c>≈</c>.
/// </summary>
public static class FormulaText
{
    /// <summary>The formula of one score in both languages.</summary>
    /// <param name="component">The component.</param>
    /// <param name="answer">The answer that was scored; null when there was none.</param>
    /// <param name="score">Its score.</param>
    /// <param name="best">Greatest a ÷ b of the unit's league, for formulas that are relative to it (<see cref="Scorer.BestOfLeague"/>).</param>
    public static LocalText Of(Component component, ComponentAnswer? answer, ComponentScore score, decimal? best)
        => new(Text(component, answer, score, best, NumberText.Vietnamese), Text(component, answer, score, best, NumberText.English));

    private static string Text(Component component, ComponentAnswer? answer, ComponentScore score, decimal? best, NumberText n) => score.State switch
    {
        ScoreState.Scored when answer is not null => Expression(component, answer, score, best, n) + Moved(component, score, n),
        ScoreState.Carried => Result($"{Say(n, "tỷ lệ của kỳ trước", "share of the round before")}: {n.Of(score.Share)} × {n.Of(score.Maximum)}", score, n) + Moved(component, score, n),
        ScoreState.Adjusted => Shared(Say(n, "hội đồng ấn định", "set by the council"), score, n) + Moved(component, score, n),
        ScoreState.Invalid when score.Problem is { } problem => $"{AnswerProblemText.Of(problem).For(n.Language)}: 0 {Say(n, "trên", "of")} {n.Of(score.Maximum)}",
        ScoreState.NotApplicable => NotApplicable(component, n),
        ScoreState.Missing => Missing(component, score, n),
        _ => throw new ArgumentException($"A score that is {score.State} needs its answer to be explained.", nameof(score)),
    };

    private static string Expression(Component component, ComponentAnswer answer, ComponentScore score, decimal? best, NumberText n) => component.Formula switch
    {
        Formula.Boolean => Shared(answer.Numbers["value"] == 1 ? Say(n, "có", "yes") : Say(n, "không", "no"), score, n),
        Formula.Levels => Shared(LevelText.Of(answer.Level!).For(n.Language), score, n),
        Formula.Parts parts => Result($"({string.Join(" + ", parts.Of.Select(p => $"{n.Of(p.Share)} × {n.Of(answer.Numbers[p.Name])}"))}) × {n.Of(score.Maximum)}", score, n),
        Formula.Steps steps => Shared(Reached(steps.Of, answer.Numbers["n"], n.Of(answer.Numbers["n"]), n), score, n),
        Formula.CountCapped count => answer.Numbers["n"] >= count.Full
            ? Shared($"{n.Of(answer.Numbers["n"])} {Say(n, "đạt đủ", "reaches all of")} {n.Of(count.Full)}", score, n)
            : Times($"{n.Of(answer.Numbers["n"])} ÷ {n.Of(count.Full)}", score, n),
        Formula.Growth growth => Grown(growth, answer.Numbers["now"], answer.Numbers["before"], score, n),
        Formula.Goalpost posts => Between(posts, answer.Numbers["x"], score, n),
        Formula.Survey survey => Times($"{n.Of(answer.Numbers["score"])} ÷ {n.Of(survey.Scale)}", score, n),
        Formula.External => Times($"{n.Of(answer.Numbers["points"])} ÷ {n.Of(component.Points)}", score, n),
        _ => Divided(component.Formula, answer.Numbers["a"], answer.Numbers["b"], best, score, n),
    };

    private static string Divided(Formula formula, decimal a, decimal b, decimal? best, ComponentScore score, NumberText n)
    {
        var ratio = $"{n.Of(a)} ÷ {n.Of(b)}";
        if (b == 0)
        {
            return Shared($"{ratio} {Say(n, "theo quy tắc được tính là", "counts by rule as")} {n.Of(score.Share)}", score, n);
        }

        return formula switch
        {
            Formula.Tiers tiers => Shared(Reached(tiers.Of, a / b, $"{ratio} {Equal(a / b)} {n.Of(a / b)}", n), score, n),
            Formula.RatioCapped capped when a / b >= capped.Target => Shared($"{ratio} {Say(n, "đạt mục tiêu", "reaches the target of")} {n.Of(capped.Target)}", score, n),
            Formula.RatioCapped capped => Times($"{ratio} ÷ {n.Of(capped.Target)}", score, n),
            Formula.RelativeToBest when best is > 0 => Times($"{ratio} ÷ {n.Of(best.Value)} ({Say(n, "tốt nhất nhóm", "best of the league")})", score, n),
            Formula.RelativeToBest => Shared($"{ratio} {Say(n, "khi cả nhóm chưa ai có", "where nobody of the league has any")}", score, n),
            _ when a > b => Shared($"{ratio} {Say(n, "vượt toàn phần, được tính là toàn phần", "is more than all and counts as all")}", score, n),
            Formula.Inverse => Times($"(1 − {ratio})", score, n),
            _ => Times(ratio, score, n),
        };
    }

    private static string Grown(Formula.Growth growth, decimal now, decimal before, ComponentScore score, NumberText n)
    {
        if (before == 0)
        {
            return Shared($"{n.Of(now)} {Say(n, "so với 0 của kỳ trước, theo quy tắc được tính là", "from 0 before counts by rule as")} {n.Of(score.Share)}", score, n);
        }

        var change = $"({n.Of(now)} − {n.Of(before)}) ÷ {n.Of(before)}";
        return now < before ? Shared($"{change} {Say(n, "là giảm", "is a decline")}", score, n)
            : (now - before) / before >= growth.Target ? Shared($"{change} {Say(n, "đạt mục tiêu", "reaches the target of")} {n.Of(growth.Target)}", score, n)
            : Times($"{change} ÷ {n.Of(growth.Target)}", score, n);
    }

    private static string Between(Formula.Goalpost posts, decimal x, ComponentScore score, NumberText n)
    {
        var exact = (x - posts.Min) / (posts.Max - posts.Min);
        return exact is < 0 or > 1
            ? Shared($"{n.Of(x)} {Say(n, "nằm ngoài khoảng từ", "lies outside the range from")} {n.Of(posts.Min)} {Say(n, "đến", "to")} {n.Of(posts.Max)}", score, n)
            : Times($"({n.Of(x)} − {n.Term(posts.Min)}) ÷ ({n.Of(posts.Max)} − {n.Term(posts.Min)})", score, n);
    }

    private static string Reached(IReadOnlyList<FormulaStep> steps, decimal value, string shown, NumberText n)
        => steps.LastOrDefault(s => value >= s.From) is { } step
            ? $"{shown} {Say(n, "đạt mức từ", "reaches the step from")} {n.Of(step.From)}"
            : $"{shown} {Say(n, "chưa đạt mức đầu", "is below the first step")}{(steps.Count > 0 ? ", " + n.Of(steps[0].From) : "")}";

    private static string NotApplicable(Component component, NumberText n) => component.NotApplicable switch
    {
        NotApplicableRule.Redistribute => Say(n, "không áp dụng; điểm chia cho các chỉ số cùng nhóm", "does not apply; its points go to its siblings"),
        NotApplicableRule.Exclude => Say(n, "không áp dụng; điểm được trừ khỏi mức tối đa", "does not apply; its points leave the maximum"),
        _ => Say(n, $"không áp dụng; theo quy tắc vẫn tính 0 trên {n.Of(component.Points)}", $"does not apply; by rule 0 of {n.Of(component.Points)}"),
    };

    private static string Missing(Component component, ComponentScore score, NumberText n) => component.Missing == MissingRule.Exclude
        ? Say(n, "không có trả lời; điểm được trừ khỏi mức tối đa", "no answer; its points leave the maximum")
        : Say(n, $"không có trả lời: 0 trên {n.Of(score.Maximum)}", $"no answer: 0 of {n.Of(score.Maximum)}");

    /// <summary>Why the maximum is not the framework's.</summary>
    private static string Moved(Component component, ComponentScore score, NumberText n)
        => score.Maximum <= component.Points ? ""
            : Say(
                n,
                $" (tối đa {n.Of(score.Maximum)}: {n.Of(component.Points)} và {n.Of(score.Maximum - component.Points)} từ các chỉ số không áp dụng)",
                $" (maximum {n.Of(score.Maximum)}: {n.Of(component.Points)} and {n.Of(score.Maximum - component.Points)} from components that do not apply)");

    private static string Shared(string why, ComponentScore score, NumberText n) => Result($"{why}: {n.Of(score.Share)} × {n.Of(score.Maximum)}", score, n);

    private static string Times(string share, ComponentScore score, NumberText n) => Result($"{share} × {n.Of(score.Maximum)}", score, n);

    private static string Result(string expression, ComponentScore score, NumberText n)
        => $"{expression} {(score.Points == score.Share * score.Maximum ? Equal(score.Points) : "≈")} {n.Of(score.Points)}";

    private static string Equal(decimal number) => NumberText.IsWhole(number) ? "=" : "≈";

    private static string Say(NumberText n, string vi, string en) => new LocalText(vi, en).For(n.Language);
}
