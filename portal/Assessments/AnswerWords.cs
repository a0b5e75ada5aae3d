using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Pages;
using OpenData.Portal.Scores;
using OpenData.Warehouse.Scoring;

namespace OpenData.Portal.Assessments;

/// <summary>Pure: an answer as a reader sees it, with the words of its framework.</summary>
internal static class AnswerWords
{
    /// <summary>One line, for example <c>Số cuộc họp: 3</c>.</summary>
    public static string Line(Component component, ComponentAnswer? answer, string language) => answer switch
    {
        null or { Kind: AnswerKind.Missing } => AssessmentWords.NoAnswer.For(language),
        { Kind: AnswerKind.NotApplicable } => AssessmentWords.NotApplicable.For(language),
        { SetShare: { } share } => $"{AssessmentWords.SetTo.For(language)} {FormulaWords.Number(share * 100, language)}% {AssessmentWords.OfPoints.For(language)}",
        { Level: { } level } => FormulaWords.LevelName(level, language),
        _ => string.Join("; ", component.Formula.Roles.Where(answer.Numbers.ContainsKey).Select(r => $"{Title(component, r, language)}: {Value(component, r, answer.Numbers[r], language)}")),
    };

    /// <summary>What an input asks.</summary>
    public static string Title(Component component, string role, string language)
        => component.Inputs.FirstOrDefault(i => i.Role == role)?.Title.For(language) ?? Fallback(component.Formula, role, language);

    /// <summary>Unit of measure of an input as people write it; empty for none.</summary>
    public static string Unit(Component component, string role, string language)
        => component.Inputs.FirstOrDefault(i => i.Role == role)?.Unit is { } unit ? Units.Of(unit).For(language) : "";

    /// <summary>A number of an input, with its unit; yes and no in words.</summary>
    public static string Value(Component component, string role, decimal number, string language)
    {
        if (component.Formula is Formula.Boolean && number is 0 or 1)
        {
            return (number == 1 ? Words.Yes : Words.No).For(language);
        }

        var unit = Unit(component, role, language);
        return FormulaWords.Number(number, language) + (unit.Length > 0 ? " " + unit : "");
    }

    private static string Fallback(Formula formula, string role, string language) => (formula, role) switch
    {
        (Formula.Boolean, _) => new LocalText("Đã thực hiện", "Done").For(language),
        (Formula.Levels, _) => new LocalText("Mức đạt được", "Level").For(language),
        (Formula.Parts, _) => FormulaWords.LevelName(role, language),
        (Formula.External, _) => new LocalText("Điểm đã công bố", "Points published").For(language),
        (Formula.Survey, _) => new LocalText("Điểm khảo sát", "Survey score").For(language),
        _ => role,
    };
}
