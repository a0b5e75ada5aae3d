using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Pages;
using OpenData.Portal.Scores;

namespace OpenData.Portal.Assessments;

/// <summary>One of the few answers that an input takes.</summary>
/// <param name="Value">What the field sends.</param>
/// <param name="Word">What a person reads.</param>
internal sealed record AnswerChoice(string Value, string Word)
{
    /// <summary>The answers of an input; none when it takes a number.</summary>
    public static IReadOnlyList<AnswerChoice> Of(Component component, string language) => component.Formula switch
    {
        Formula.Boolean => [new("1", Words.Yes.For(language)), new("0", Words.No.For(language))],
        Formula.Levels levels => [.. levels.Of.Select(l => new AnswerChoice(l.Name, $"{FormulaWords.LevelName(l.Name, language)} ({FormulaWords.Points(l.Share * component.Points, language)})"))],
        Formula.Parts =>
        [
            new("1", AssessmentWords.Full.For(language)),
            new(TypedNumber.Text(0.5m, language), AssessmentWords.Half.For(language)),
            new("0", AssessmentWords.Nothing.For(language)),
        ],
        _ => [],
    };
}
