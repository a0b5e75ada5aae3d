using OpenData.Catalogs;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Rounds;

namespace OpenData.Portal.Assessments.Workbooks;

/// <summary>Saves an uploaded form: each component by itself, as a sheet does.</summary>
internal sealed class FormUpload(Sheet sheet, UnitDossier dossier, RoundActor actor, string language)
{
    /// <summary>Saves what somebody changed in the file since it was made.</summary>
    /// <param name="stream">The workbook; it can seek.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>How many answers are new, and the cells that could not be saved.</returns>
    /// <exception cref="Catalogs.Errors.OpenDataException">The file is no form of this unit and round.</exception>
    public async Task<(int Saved, IReadOnlyList<CellProblem> Problems)> SaveAsync(Stream stream, CancellationToken token)
    {
        var (answers, wrong) = FormReading.Read(stream, dossier, language, token);
        var (saved, problems) = (0, new List<CellProblem>(wrong));
        foreach (var answer in answers.Where(IsChanged))
        {
            var current = dossier.Latest(answer.Component.Code, EntryKind.Self);
            var typed = answer.Typed with { Evidence = current?.Evidence ?? [] };
            var (isNew, entry) = await sheet.SaveAsync(answer.Component, typed, SeenOf(answer), null, token);
            saved += isNew ? 1 : 0;
            problems.AddRange(entry.Problems.Select(p => Problem(answer, p.Key, p.Value)));
            if (entry.Problem is { } problem)
            {
                problems.Add(Problem(answer, typed.NotApplicable ? "na" : answer.Cells.Keys.First(), problem));
            }
        }

        return (saved, problems);
    }

    // What the file says as it was made says nothing: somebody may have changed it on the pages since.
    private bool IsChanged(FormAnswer answer)
    {
        var made = dossier.Entries.LastOrDefault(e => e.Component == answer.Component.Code && e.Kind == EntryKind.Self && e.Sequence <= answer.Seen);
        var before = TypedAnswer.Of(made, null, language);
        var (then, now) = (before.Read(answer.Component, EntryKind.Self).Answer, answer.Typed.Read(answer.Component, EntryKind.Self).Answer);
        return then is null || now is null || !AnswerText.Same(then, now) || before.Explanation != answer.Typed.Explanation;
    }

    // A person has seen what the same person entered since, for example by uploading the file before; and what a query computed since changes no answer of a person.
    private long SeenOf(FormAnswer answer)
    {
        var since = dossier.Entries.Where(e => e.Component == answer.Component.Code && e.Sequence > answer.Seen).ToList();
        return since.TrueForAll(e => e.Kind == EntryKind.Automatic || PersonName.IsSame(e.Actor, actor.Name)) ? dossier.Seen(answer.Component.Code) : answer.Seen;
    }

    private static CellProblem Problem(FormAnswer answer, string field, LocalText problem)
        => new(
            answer.Cells.GetValueOrDefault(field) ?? answer.Cells.Values.First(),
            answer.Component.Code,
            answer.Typed.Inputs.GetValueOrDefault(field, field == "explanation" ? answer.Typed.Explanation : ""),
            problem);
}
