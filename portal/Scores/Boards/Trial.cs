using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Api;
using OpenData.Portal.Errors;
using OpenData.Warehouse.Scoring;
using OpenData.Warehouse.Scoring.Explanation;

namespace OpenData.Portal.Scores.Boards;

/// <summary>Other inputs of one component of a unit, and what they would give. Nothing is stored and nothing official changes.</summary>
/// <param name="Component">The component as it is published.</param>
/// <param name="Rule">The framework's rule.</param>
/// <param name="Fields">The form.</param>
/// <param name="Result">The round scored again; null before anything is tried.</param>
public sealed record Trial(BoardComponent Component, Component Rule, IReadOnlyList<TrialField> Fields, WhatIfResult? Result)
{
    // Beyond these a quotient of two inputs could leave the range of decimals.
    private const decimal NumberMax = 1_000_000_000_000;
    private const int DecimalsMax = 6;
    private const decimal Tolerance = 0.000001m;

    /// <summary>Reads what is tried, and scores the round with it.</summary>
    /// <param name="board">The round.</param>
    /// <param name="unit">A unit of it with components of its own.</param>
    /// <param name="framework">The framework as it was frozen.</param>
    /// <param name="query">The form's fields.</param>
    /// <exception cref="OpenDataException">OD9027: no such component, or a field that is no number; OD9044: the published inputs do not give the published score.</exception>
    internal static Trial Of(RoundBoard board, BoardUnit unit, Framework framework, IQueryCollection query)
    {
        var code = query["component"].ToString();
        var component = code.Length == 0 ? unit.Components[0] : unit.Components.FirstOrDefault(c => c.Code == code)
            ?? throw Paging.Invalid(new LocalText("Bộ chỉ số không có chỉ số thành phần này.", "The framework has no such component."), "component");
        var rule = framework.Component(component.Code)!; // The unit has exactly the framework's components.
        var known = BoardScoring.Answer(component, rule.Formula);
        var isTried = rule.Formula.Roles.Any(r => query.ContainsKey("in-" + r));
        var answer = isTried ? Read(component.Code, rule, query) : null;
        return new Trial(component, rule, [.. rule.Formula.Roles.Select(r => Field(rule, r, answer ?? known))], answer is null ? null : Score(board, unit, framework, answer));
    }

    private static WhatIfResult Score(RoundBoard board, BoardUnit unit, Framework framework, ComponentAnswer answer)
    {
        var result = WhatIf.Of(framework, BoardScoring.Units(board, framework), unit.Code, [answer]);
        return Math.Abs(result.Before.Total.Points - unit.Total.Final.Points) <= Tolerance ? result : throw NotTellable();
    }

    /// <summary>OD9044.</summary>
    internal static OpenDataException NotTellable() => new(PortalErrors.NotTellable, new LocalText(
        "Không thử được với đợt này: số liệu đã công bố không đủ để tính lại đúng điểm đã công bố.",
        "Nothing can be tried with this round: its published inputs do not give the published score again."));

    private static ComponentAnswer Read(string code, Component rule, IQueryCollection query)
    {
        if (rule.Formula is Formula.Levels levels)
        {
            var level = query["in-level"].ToString();
            return levels.Of.Any(l => l.Name == level) ? ComponentAnswer.OfLevel(code, level) : throw Wrong("level");
        }

        return ComponentAnswer.Of(code, rule.Formula.Roles.Select(role => (role, Number(role, query["in-" + role].ToString()))).ToList());
    }

    // A comma is the decimal mark of a Vietnamese keyboard.
    private static decimal Number(string role, string text)
        => decimal.TryParse(text.Trim().Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) <= NumberMax && Math.Round(number, DecimalsMax) == number
            ? number
            : throw Wrong(role);

    private static OpenDataException Wrong(string role) => Paging.Invalid(
        new LocalText($"“{role}” phải là số, nhiều nhất sáu chữ số thập phân, hoặc một mức có trong danh sách.", $"“{role}” must be a number with at most six decimals, or a level of the list."),
        $"in-{role}=1");

    private static TrialField Field(Component rule, string role, ComponentAnswer? answer)
    {
        var title = rule.Inputs.FirstOrDefault(i => i.Role == role)?.Title ?? new LocalText(role, role);
        return rule.Formula is Formula.Levels levels
            ? new TrialField(role, title, answer?.Level ?? "", [.. levels.Of.Select(l => l.Name)])
            : new TrialField(role, title, answer?.Numbers.GetValueOrDefault(role).ToString("0.############", CultureInfo.InvariantCulture) ?? "", rule.Formula is Formula.Boolean ? ["1", "0"] : []);
    }
}
