using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Errors;
using OpenData.Warehouse.Rounds;

namespace OpenData.Portal.Assessments.Workbooks;

/// <summary>Pure: a cell that somebody filled in → the text of a field, or what is wrong with it.</summary>
internal static class FormCell
{
    private static readonly string[] Crosses = ["x", "có", "yes", "1", "true", "đúng"];

    /// <summary>What a person sees in it.</summary>
    public static string Shown(WorkbookCell cell) => cell.Value switch
    {
        null => "",
        string text => text.Normalize().Trim(),
        double number => Plain(number),
        DateTime time => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The field of an input.</summary>
    public static (string Text, LocalText? Problem) Value(WorkbookCell cell, Component component, string role, string language)
    {
        var shown = Shown(cell);
        if (cell.IsFault)
        {
            return (shown, AssessmentWords.FaultyCell);
        }

        var (vi, en) = (AnswerChoice.Of(component, Language.Vietnamese), AnswerChoice.Of(component, Language.English));
        return cell.Value switch
        {
            null => ("", null),
            DateTime or TimeSpan => (shown, AssessmentWords.DateCell),
            bool truth when component.Formula is Formula.Boolean => (truth ? "1" : "0", null),
            string when vi.Count == 0 || shown.Length == 0 => (shown, shown.Length == 0 ? null : TypedNumber.Parse(shown).Problem),
            string when Chosen(shown, vi, en) is { } choice => (choice, null),
            string => (shown, AssessmentWords.NoneOf(vi, en)),
            double or int => Number(cell, component, role, shown, language),
            _ => (shown, AssessmentWords.NumberCell),
        };
    }

    /// <summary>The box "does not apply".</summary>
    public static (bool IsCrossed, LocalText? Problem) Cross(WorkbookCell cell)
    {
        var shown = Shown(cell);
        return shown.Length == 0 && !cell.IsFault ? (false, null)
            : Crosses.Contains(shown, StringComparer.OrdinalIgnoreCase) ? (true, null)
            : (false, AssessmentWords.CrossOrNothing);
    }

    private static (string Text, LocalText? Problem) Number(WorkbookCell cell, Component component, string role, string shown, string language)
    {
        if (!decimal.TryParse(shown, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return (shown, AssessmentWords.NumberCell);
        }

        if (cell.Format?.Contains('%', StringComparison.Ordinal) == true)
        {
            // 50% is 50 where the unit is per cent; elsewhere nobody knows.
            return component.Inputs.FirstOrDefault(i => i.Role == role)?.Unit == "percent" ? (TypedNumber.Text(number * 100, language), null) : (shown, AssessmentWords.PercentCell);
        }

        return (TypedNumber.Text(number, language), null);
    }

    private static string? Chosen(string shown, IReadOnlyList<AnswerChoice> vi, IReadOnlyList<AnswerChoice> en)
        => vi.Concat(en).FirstOrDefault(c => c.Word.Normalize().Equals(shown, StringComparison.OrdinalIgnoreCase) || c.Value.Equals(shown, StringComparison.OrdinalIgnoreCase))?.Value;

    // Excel keeps 15 digits; the binary noise behind them was never typed by anyone.
    private static string Plain(double number)
        => double.IsFinite(number) && Math.Abs(number) < 1e15 ? ((decimal)number).ToString("0.###############", CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture);
}
