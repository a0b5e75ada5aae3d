using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Rounds;

namespace OpenData.Portal.Assessments.Workbooks;

/// <summary>An uploaded form: what it says by component, and the cells that say nothing of use.</summary>
internal sealed class FormReading
{
    private readonly UnitDossier _dossier;
    private readonly string _language;
    private readonly List<CellProblem> _problems = [];

    private FormReading(UnitDossier dossier, string language) => (_dossier, _language) = (dossier, language);

    /// <summary>Reads it.</summary>
    /// <param name="stream">The workbook; it can seek.</param>
    /// <param name="dossier">The unit whose page took it.</param>
    /// <param name="language">Decides the decimal mark of fields.</param>
    /// <param name="token">Ends the reading.</param>
    /// <returns>Answers without a wrong cell, and the wrong cells.</returns>
    /// <exception cref="OpenDataException"><see cref="RoundErrors.BadFile"/>: no workbook, or no form of this unit and round.</exception>
    public static (IReadOnlyList<FormAnswer> Answers, IReadOnlyList<CellProblem> Problems) Read(Stream stream, UnitDossier dossier, string language, CancellationToken token)
    {
        var workbook = Open(stream, token);
        var hidden = workbook.Sheets.FirstOrDefault(s => s.Name == FormRow.HiddenSheet).Rows ?? [];
        if (hidden.Count < 3 || FormCell.Shown(At(hidden[0], 0)) != FormRow.Mark)
        {
            throw Bad(AssessmentWords.NotOurForm);
        }

        var (round, unit) = (FormCell.Shown(At(hidden[1], 0)), FormCell.Shown(At(hidden[2], 0)));
        if (round != dossier.Round.Id || unit != dossier.Unit.Code)
        {
            throw Bad(AssessmentWords.OtherForm(round, unit));
        }

        var rows = workbook.Sheets.Where(s => s.Name != FormRow.HiddenSheet).Select(s => s.Rows).FirstOrDefault(HasKeys) ?? throw Bad(AssessmentWords.NotOurForm);
        var reading = new FormReading(dossier, language);
        return (reading.Answers(rows), reading._problems);
    }

    // To a source such a file is a failure of the source; here somebody chose it, and can choose another.
    private static SmallWorkbook Open(Stream stream, CancellationToken token)
    {
        try
        {
            return SmallWorkbook.Read(stream, token);
        }
        catch (OpenDataException refused)
        {
            throw new OpenDataException(RoundErrors.BadFile, refused.Detail, inner: refused);
        }
    }

    private static bool HasKeys(IReadOnlyList<IReadOnlyList<WorkbookCell>> rows) => rows.Any(IsHead);

    private static bool IsHead(IReadOnlyList<WorkbookCell> row) => FormCell.Shown(At(row, FormColumn.Key)) == FormRow.KeyHead;

    private List<FormAnswer> Answers(IReadOnlyList<IReadOnlyList<WorkbookCell>> rows)
    {
        var known = _dossier.Framework.Components.SelectMany(FormRow.Of).ToDictionary(r => r.Key, StringComparer.Ordinal);
        var found = new Dictionary<string, (FormRow Row, IReadOnlyList<WorkbookCell> Cells, uint Number)>(StringComparer.Ordinal);
        var twice = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (number, cells) in rows.Index().SkipWhile(r => !IsHead(r.Item)).Skip(1).Select(r => ((uint)r.Index + 1, r.Item)))
        {
            var key = FormCell.Shown(At(cells, FormColumn.Key));
            if (key.Length > 0 && !known.ContainsKey(key))
            {
                Problem(FormColumn.Key, number, key, key, AssessmentWords.UnknownRow);
            }
            else if (key.Length > 0 && !found.TryAdd(key, (known[key], cells, number)))
            {
                // Which of the two is meant, nobody can tell.
                twice.Add(known[key].Component.Code);
                Problem(FormColumn.Value, number, known[key].Component.Code, FormCell.Shown(At(cells, FormColumn.Value)), AssessmentWords.TwiceInForm);
            }
        }

        return [.. found.Values.Where(f => !twice.Contains(f.Row.Component.Code)).GroupBy(f => f.Row.Component.Code, StringComparer.Ordinal).Select(g => Answer(g.First().Row.Component, [.. g])).OfType<FormAnswer>()];
    }

    private FormAnswer? Answer(Component component, IReadOnlyList<(FormRow Row, IReadOnlyList<WorkbookCell> Cells, uint Number)> rows)
    {
        var before = _problems.Count;
        var (inputs, addresses) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        var (crossed, explanation, seen) = (false, "", -1L);
        foreach (var (row, cells, number) in rows)
        {
            if (row.Role.Length > 0 && !row.IsAutomatic)
            {
                var (text, problem) = FormCell.Value(At(cells, FormColumn.Value), component, row.Role, _language);
                Check(FormColumn.Value, number, component, At(cells, FormColumn.Value), problem);
                inputs[row.Role] = text;
                addresses[row.Role] = CellAddress.Of(FormColumn.Value, number);
            }

            if (row.IsFirst)
            {
                (crossed, var problem) = FormCell.Cross(At(cells, FormColumn.NotApplicable));
                Check(FormColumn.NotApplicable, number, component, At(cells, FormColumn.NotApplicable), problem);
                explanation = FormCell.Shown(At(cells, FormColumn.Explanation)).ReplaceLineEndings("\n");
                addresses["na"] = CellAddress.Of(FormColumn.NotApplicable, number);
                addresses["explanation"] = CellAddress.Of(FormColumn.Explanation, number);
            }

            if (long.TryParse(FormCell.Shown(At(cells, FormColumn.Seen)), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            {
                seen = sequence;
            }
        }

        // A component of which rows were taken out is left alone: half an answer is none.
        var isWhole = rows.Count == FormRow.Of(component).Count;
        return isWhole && _problems.Count == before
            ? new FormAnswer(component, new TypedAnswer(inputs) { NotApplicable = crossed, Explanation = explanation }, seen, addresses)
            : null;
    }

    private void Check(FormColumn column, uint row, Component component, WorkbookCell cell, LocalText? problem)
    {
        if (problem is not null)
        {
            Problem(column, row, component.Code, FormCell.Shown(cell), problem);
        }
    }

    private void Problem(FormColumn column, uint row, string component, string text, LocalText problem)
        => _problems.Add(new CellProblem(CellAddress.Of(column, row), component, text, problem));

    private static WorkbookCell At(IReadOnlyList<WorkbookCell> row, FormColumn column) => At(row, (int)column);

    private static WorkbookCell At(IReadOnlyList<WorkbookCell> row, int column) => column < row.Count ? row[column] : WorkbookCell.Empty;

    private static OpenDataException Bad(LocalText why) => new(RoundErrors.BadFile, why);
}
