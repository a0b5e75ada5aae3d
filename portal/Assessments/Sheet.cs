using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Admin;
using OpenData.Warehouse.Rounds;

namespace OpenData.Portal.Assessments;

/// <summary>Saves the sheet of one main index: each component by itself, so that one mistake keeps nothing else from being saved.</summary>
internal sealed class Sheet(RoundBook book, EvidenceStore store, UnitDossier dossier, RoundActor actor, EntryKind kind, string language)
{
    private const int NameLettersMax = 200;

    /// <summary>Saves what the form changed.</summary>
    /// <returns>How many answers are new, and the components of which something could not be saved, with all that was typed.</returns>
    public async Task<(int Saved, IReadOnlyList<SheetEntry> Refused)> SaveAsync(MainIndex index, IFormCollection form, CancellationToken token)
    {
        var (saved, refused) = (0, new List<SheetEntry>());
        foreach (var component in index.Components.Where(c => form.ContainsKey(TypedAnswer.Field(c, "seen"))))
        {
            var (isNew, entry) = await SaveAsync(component, TypedAnswer.From(form, component), SeenOf(form, component), form.Files[TypedAnswer.Field(component, "file")], token);
            saved += isNew ? 1 : 0;
            if (entry.HasProblem)
            {
                refused.Add(entry);
            }
        }

        return (saved, refused);
    }

    /// <summary>Saves one component.</summary>
    /// <param name="component">The component.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="seen">Sequence of the newest entry that the person saw.</param>
    /// <param name="file">A new document; null for none.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>Whether there is a new answer, and what could not be saved.</returns>
    public async Task<(bool IsNew, SheetEntry Entry)> SaveAsync(Component component, TypedAnswer typed, long seen, IFormFile? file, CancellationToken token)
    {
        var (answer, wrong) = typed.Read(component, kind);
        var problems = new Dictionary<string, LocalText>(wrong, StringComparer.Ordinal);
        LocalText? problem = null;
        var isNew = false;
        try
        {
            // A document that is good is kept even when the answer beside it is not: a browser forgets chosen files.
            if (await KeepAsync(component, typed, file, token) is { } document)
            {
                typed = typed with { Evidence = [.. typed.Evidence, document.Id], DocumentNumber = "", DocumentDate = "" };
            }
        }
        catch (OpenDataException mistake) when (AdminAnswers.IsMistake(mistake))
        {
            problems["file"] = mistake.Detail;
        }

        if (answer is not null)
        {
            try
            {
                var draft = With(new EntryDraft(dossier.Unit.Code, kind, answer, seen) { Reason = typed.Reason }, typed);
                if (Changes(draft, typed))
                {
                    await book.EnterAsync(actor, dossier.Round.Id, draft, token);
                    isNew = true;
                }
            }
            catch (OpenDataException mistake) when (AdminAnswers.IsMistake(mistake))
            {
                problem = mistake.Detail;
            }
        }

        return (isNew, new SheetEntry(component, 0, typed) { Problem = problem, Problems = problems });
    }

    // Who judges an answer judges it with what the unit said to it and laid beside it.
    private EntryDraft With(EntryDraft draft, TypedAnswer typed)
    {
        if (kind is EntryKind.Self or EntryKind.Appeal)
        {
            return draft with { Explanation = typed.Explanation, Evidence = typed.Evidence };
        }

        var self = dossier.Latest(draft.Answer.Component, EntryKind.Self);
        return draft with { Explanation = kind == EntryKind.Verified ? self?.Explanation ?? "" : "", Evidence = self?.Evidence ?? [] };
    }

    private static long SeenOf(IFormCollection form, Component component)
        => long.TryParse(form[TypedAnswer.Field(component, "seen")], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;

    /// <summary>True when the form says something that does not stand yet.</summary>
    private bool Changes(EntryDraft draft, TypedAnswer typed)
    {
        var start = SheetEntry.Start(dossier, draft.Answer.Component, kind);
        if (start?.Kind == kind)
        {
            var judges = kind is EntryKind.Verified or EntryKind.Council;
            return !AnswerText.Same(start.Answer, draft.Answer) || Flat(start.Reason) != Flat(draft.Reason)
                || (!judges && Flat(start.Explanation) != Flat(draft.Explanation))
                || (!judges && !start.Evidence.Order(StringComparer.Ordinal).SequenceEqual(draft.Evidence.Order(StringComparer.Ordinal)));
        }

        return kind switch
        {
            EntryKind.Self => draft.Answer.Kind != Warehouse.Scoring.AnswerKind.Missing || draft.Explanation.Length > 0 || draft.Evidence.Count > 0,
            EntryKind.Verified => typed.Taken || draft.Reason.Length > 0 || !IsAsBefore(start, draft),
            EntryKind.Council => draft.Reason.Length > 0 || draft.Answer.SetShare is not null || !IsAsBefore(start, draft),
            _ => draft.Reason.Length > 0 || !IsAsBefore(start, draft),
        };
    }

    // A council's fields hold the query's numbers too, and a form of somebody who typed nothing must say nothing.
    private bool IsAsBefore(RoundEntry? start, EntryDraft draft)
    {
        var shown = TypedAnswer.Of(start, kind == EntryKind.Council ? dossier.Latest(draft.Answer.Component, EntryKind.Automatic) : null, language);
        var component = dossier.Framework.Component(draft.Answer.Component)!; // The sheet is made of the framework's components.
        return shown.Read(component, kind).Answer is { } before && AnswerText.Same(before, draft.Answer);
    }

    private async Task<RoundEvidence?> KeepAsync(Component component, TypedAnswer typed, IFormFile? file, CancellationToken token)
    {
        // Nobody fills the disk with files that no answer can name.
        if (kind is not (EntryKind.Self or EntryKind.Appeal) || UnitTasks.Enters(dossier.Task) != kind)
        {
            return null;
        }

        if (file is not { Length: > 0 })
        {
            return typed.DocumentNumber.Length + typed.DocumentDate.Length == 0 ? null : throw Bad(component, AssessmentWords.FileNeeded);
        }

        DateOnly? date = null;
        if (typed.DocumentDate.Length > 0)
        {
            date = DateOnly.TryParseExact(typed.DocumentDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : throw Bad(component, AssessmentWords.BadDate);
        }

        var name = NameOf(file.FileName);
        await using var content = file.OpenReadStream();
        var (hash, mediaType, bytes) = await store.KeepAsync(name, content, token);
        return await book.AddEvidenceAsync(
            actor,
            new RoundEvidence("", dossier.Round.Id, dossier.Unit.Code, hash, name, mediaType, bytes, actor.Name, dossier.Now)
            {
                DocumentNumber = typed.DocumentNumber.Length > 0 ? typed.DocumentNumber : null,
                DocumentDate = date,
            },
            token);
    }

    private static OpenDataException Bad(Component component, LocalText why) => new(RoundErrors.BadEvidence, new LocalText($"{component.Code}: {why.Vi}", $"{component.Code}: {why.En}"));

    /// <summary>A browser may send a path; only its last part is a name, and it is never one on our disk.</summary>
    private static string NameOf(string sent)
    {
        var name = sent[(sent.AsSpan().LastIndexOfAny('/', '\\') + 1)..].Normalize();
        var clean = string.Concat(name.Select(c => char.IsControl(c) ? '_' : c)).Trim();
        return clean.Length <= NameLettersMax ? clean : clean[^NameLettersMax..];
    }

    private static string Flat(string text) => text.ReplaceLineEndings("\n").Trim().Normalize();
}
