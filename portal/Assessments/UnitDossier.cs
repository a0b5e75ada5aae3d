using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Access;
using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Rounds;

namespace OpenData.Portal.Assessments;

/// <summary>All that the desk knows of one unit of a round, and what the person at it can do.</summary>
public sealed record UnitDossier(
    Round Round,
    Framework Framework,
    RoundUnit Unit,
    IReadOnlyList<RoundEntry> Entries,
    IReadOnlyList<StageChange> History,
    IReadOnlyList<RoundEvidence> Evidence,
    ScoringRights Rights,
    DateTimeOffset Now)
{
    /// <summary>Who answered for the unit, or gave its form in, in this round.</summary>
    public IReadOnlyList<string> AnsweredBy { get; } =
    [
        .. Entries.Where(e => e.Kind is EntryKind.Self or EntryKind.Appeal && !e.IsImported).Select(e => e.Actor)
            .Concat(History.Where(h => h.Action == RoundAction.Submit).Select(h => h.Actor))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>What the person can do now.</summary>
    public UnitTask Task => UnitTasks.Of(Rights, Round, Unit, AnsweredBy, Now);

    /// <summary>Whether verified answers and results are shown.</summary>
    public bool ShowsVerified => UnitTasks.SeesVerified(Rights, Unit);

    /// <summary>Why the form came back; null when it is not with the unit again.</summary>
    public StageChange? ReturnedBecause => Unit.Stage == UnitStage.Returned ? History.LastOrDefault(h => h.Action == RoundAction.Return) : null;

    /// <summary>Address of the unit's page, Vietnamese.</summary>
    public string Path => PathOf(Round.Id, Unit.Code);

    /// <summary>Address of a unit's page, Vietnamese.</summary>
    public static string PathOf(string round, string unit) => $"{AssessmentEndpoints.Root}/{Uri.EscapeDataString(round)}/units/{Uri.EscapeDataString(unit)}";

    /// <summary>Address of the sheet of a main index.</summary>
    public string SheetPath(string index) => $"{Path}/{Uri.EscapeDataString(index)}";

    /// <summary>The latest entry of that component and kind; null when there is none.</summary>
    public RoundEntry? Latest(string component, EntryKind kind) => Entries.LastOrDefault(e => e.Component == component && e.Kind == kind);

    /// <summary>Sequence of the newest entry of that component, of whatever kind; 0 for none.</summary>
    public long Seen(string component) => Entries.Where(e => e.Component == component).Select(e => e.Sequence).DefaultIfEmpty(0).Max();

    /// <summary>Reads it for a person.</summary>
    /// <exception cref="Catalogs.Errors.OpenDataException">
    /// <see cref="AccessErrors.RoleMissing"/> before anything is said of a unit that is not the person's affair; <see cref="RoundErrors.UnknownRound"/>,
    /// <see cref="RoundErrors.UnknownPart"/>.
    /// </exception>
    public static async Task<UnitDossier> ReadAsync(RoundBook book, string round, string unit, ScoringRights rights, DateTimeOffset now, CancellationToken token)
    {
        if (!rights.MaySeeDraft(unit))
        {
            throw ClosedDoors.RoleMissing();
        }

        var found = await book.FindAsync(round, token) ?? throw AssessmentWords.UnknownRound();
        var units = await book.UnitsAsync(round, token);
        return new UnitDossier(
            found,
            found.FrozenFramework(),
            units.FirstOrDefault(u => u.Code == unit) ?? throw AssessmentWords.UnknownUnit(),
            await book.EntriesAsync(round, unit, token),
            await book.HistoryAsync(round, unit, token),
            [.. (await book.EvidenceAsync(round, token)).Where(e => e.Unit == unit)],
            rights,
            now);
    }
}
