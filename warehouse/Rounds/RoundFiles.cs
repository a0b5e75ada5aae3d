using System.Globalization;
using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Rounds;

/// <summary>Pure: the files with which a whole round is opened and entered (docs/rounds.md).</summary>
public static class RoundFiles
{
    private static readonly EntryKind[] Imported = [EntryKind.Self, EntryKind.Verified, EntryKind.Council];

    /// <summary>Units from <c>code,name</c> and, where they are wanted, <c>league,ranked,predecessors</c>.</summary>
    /// <exception cref="OpenDataException"><see cref="RoundErrors.BadFile"/>.</exception>
    public static IReadOnlyList<RoundUnit> Units(string csv)
    {
        var file = new RoundCsv();
        var units = new List<RoundUnit>();
        foreach (var (row, cell) in file.Rows(csv, ["code", "name"], ["league", "ranked", "predecessors"]))
        {
            if (cell("ranked") is not ("" or "true" or "false"))
            {
                file.Mistake(row, "`ranked` is true or false");
            }

            units.Add(new RoundUnit(
                cell("code"), cell("name"), cell("league") is { Length: > 0 } league ? league : null, cell("ranked") != "false", cell("predecessors").Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        }

        file.RequireNone();
        return units;
    }

    /// <summary>
    /// Answers from <c>unit,component,role,value</c> and, where they are wanted, <c>kind,explanation,reason</c>: one row for each input. Without a role the
    /// value is <c>not_applicable</c> or <c>missing</c>; the role <c>share</c> of the kind <c>council</c> sets the share of the points.
    /// </summary>
    /// <param name="csv">The file's text.</param>
    /// <param name="framework">The framework of the round.</param>
    /// <exception cref="OpenDataException"><see cref="RoundErrors.BadFile"/>.</exception>
    public static IReadOnlyList<EntryDraft> Answers(string csv, Framework framework)
    {
        var file = new RoundCsv();
        var drafts = new Dictionary<(string Unit, string Component, EntryKind Kind), EntryDraft>();
        foreach (var (row, cell) in file.Rows(csv, ["unit", "component", "role", "value"], ["kind", "explanation", "reason"]))
        {
            var kind = cell("kind").Length == 0 ? EntryKind.Verified : RoundText.Find<EntryKind>(cell("kind"));
            if (kind is not { } known || !Imported.Contains(known))
            {
                file.Mistake(row, "`kind` is self, verified or council");
                continue;
            }

            if (framework.Component(cell("component")) is not { } component)
            {
                file.Mistake(row, $"the framework has no component `{RoundCsv.Shown(cell("component"))}`");
                continue;
            }

            var key = (cell("unit"), component.Code, known);
            var before = drafts.GetValueOrDefault(key);
            var (answer, mistake) = With(before?.Answer, component, known, cell("role"), cell("value"));
            if (mistake is not null)
            {
                file.Mistake(row, mistake);
                continue;
            }

            drafts[key] = (before ?? new EntryDraft(key.Item1, known, answer, Seen: 0)) with
            {
                Answer = answer,
                Explanation = cell("explanation").Length > 0 ? cell("explanation") : before?.Explanation ?? "",
                Reason = cell("reason").Length > 0 ? cell("reason") : before?.Reason ?? "",
            };
        }

        file.RequireNone();
        return [.. drafts.Values];
    }

    private static (ComponentAnswer Answer, string? Mistake) With(ComponentAnswer? before, Component component, EntryKind kind, string role, string value)
    {
        var answer = before ?? new ComponentAnswer(component.Code, AnswerKind.Answered);
        if (role.Length == 0)
        {
            return before is null && RoundText.Find<AnswerKind>(value) is { } state and not AnswerKind.Answered
                ? (new ComponentAnswer(component.Code, state), null)
                : (answer, "a row without `role` stands alone, with the value not_applicable or missing");
        }

        if (answer.Kind != AnswerKind.Answered)
        {
            return (answer, "the component has both a value and the state not_applicable or missing");
        }

        if (role == "level" && component.Formula is Formula.Levels)
        {
            return answer.Level is null ? (answer with { Level = value }, null) : (answer, "the level stands twice");
        }

        if (!decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return (answer, $"`{RoundCsv.Shown(value)}` is no number; write it with a point");
        }

        if (role == "share" && kind == EntryKind.Council)
        {
            return (answer with { SetShare = number }, null);
        }

        return answer.Numbers.ContainsKey(role)
            ? (answer, $"input `{RoundCsv.Shown(role)}` stands twice")
            : (answer with { Numbers = new Dictionary<string, decimal>(answer.Numbers, StringComparer.Ordinal) { [role] = number } }, null);
    }
}
