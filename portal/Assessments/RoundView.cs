using OpenData.Portal.Access;
using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.Scoring.Explanation;

namespace OpenData.Portal.Assessments;

/// <summary>A round as one person sees it: the units that are the person's affair, and what waits for the person.</summary>
/// <param name="Round">The round.</param>
/// <param name="Units">Units the person sees.</param>
/// <param name="Result">Three results of all units; null for people who see only units of their own.</param>
/// <param name="Revisions">Publications.</param>
/// <param name="MayAdminister">True for an administrator of scoring.</param>
public sealed record RoundView(Round Round, IReadOnlyList<UnitView> Units, RoundResult? Result, IReadOnlyList<RoundRevision> Revisions, bool MayAdminister)
{
    /// <summary>What waits for the person.</summary>
    public IReadOnlyList<UnitView> ToDo { get; } = [.. Units.Where(u => u.Task is not (UnitTask.Read or UnitTask.Reopen))];

    /// <summary>What a person who judges should look at; empty for everybody else.</summary>
    public IReadOnlyList<Anomaly> Anomalies { get; init; } = [];

    /// <summary>True when every unit can go out.</summary>
    public bool IsReady { get; init; }

    /// <summary>The round for that person.</summary>
    /// <exception cref="Catalogs.Errors.OpenDataException"><see cref="AccessErrors.RoleMissing"/>: none of its units is the person's affair.</exception>
    public static RoundView Of(
        RoundContent content, IReadOnlyList<StageChange> history, IReadOnlyList<RoundRevision> revisions, ScoringRights rights, DateTimeOffset now)
    {
        var answered = content.Entries.Where(e => e.Kind is EntryKind.Self or EntryKind.Appeal && !e.IsImported).Select(e => (e.Unit, e.Actor))
            .Concat(history.Where(h => h.Action == RoundAction.Submit).Select(h => (h.Unit, h.Actor)))
            .Distinct().ToLookup(a => a.Unit, a => a.Actor, StringComparer.Ordinal);
        var appeals = content.Entries.Where(e => e.Kind == EntryKind.Appeal).Select(e => (e.Unit, e.Component)).Distinct().ToLookup(a => a.Unit, StringComparer.Ordinal);
        var units = content.Units.Where(u => rights.MaySeeDraft(u.Code))
            .Select(u => new UnitView(u, UnitTasks.Of(rights, content.Round, u, [.. answered[u.Code]], now), appeals[u.Code].Count()))
            .ToList();
        if (units.Count == 0)
        {
            throw ClosedDoors.RoleMissing();
        }

        var result = UnitTasks.SeesAll(rights) ? RoundResults.Of(content) : null;
        return new RoundView(content.Round, units, result, revisions, rights.MayAdminister)
        {
            Anomalies = result is null ? [] : RoundAnomalies.Of(content, result),
            IsReady = content.Units.All(u => u.IsMerged || u.Stage is UnitStage.Council or UnitStage.Published),
        };
    }
}
