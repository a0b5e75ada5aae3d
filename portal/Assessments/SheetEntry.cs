using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Rounds;
using OpenData.Warehouse.Scoring;

namespace OpenData.Portal.Assessments;

/// <summary>One component on a sheet: what stands, what is in its fields, and what is wrong with them.</summary>
/// <param name="Component">The component.</param>
/// <param name="Seen">Sequence of the newest entry that this page shows.</param>
/// <param name="Typed">The fields.</param>
public sealed record SheetEntry(Component Component, long Seen, TypedAnswer Typed)
{
    /// <summary>The unit's own answer.</summary>
    public RoundEntry? Self { get; init; }

    /// <summary>What a query computed.</summary>
    public RoundEntry? Automatic { get; init; }

    /// <summary>What was verified; null where the reader does not see it yet.</summary>
    public RoundEntry? Verified { get; init; }

    /// <summary>The unit's objection.</summary>
    public RoundEntry? Appeal { get; init; }

    /// <summary>What the council decided; null where the reader does not see it yet.</summary>
    public RoundEntry? Council { get; init; }

    /// <summary>The component's score by the answers of that moment; null when it is not shown.</summary>
    public ComponentScore? Score { get; init; }

    /// <summary>Documents that can be named: those of the answers that stand and those just given.</summary>
    public IReadOnlyList<RoundEvidence> Evidence { get; init; } = [];

    /// <summary>What is wrong with the whole of it; null when nothing is.</summary>
    public LocalText? Problem { get; init; }

    /// <summary>What is wrong with single fields, by role, <c>share</c> or <c>file</c>.</summary>
    public IReadOnlyDictionary<string, LocalText> Problems { get; init; } = new Dictionary<string, LocalText>(StringComparer.Ordinal);

    /// <summary>True when something of it could not be saved.</summary>
    public bool HasProblem => Problem is not null || Problems.Count > 0;

    /// <summary>The entry as it stands, its fields filled with what an answer of that kind would start from.</summary>
    public static SheetEntry Standing(UnitDossier dossier, Component component, EntryKind? kind, ComponentScore? score, string language)
    {
        var (self, automatic) = (dossier.Latest(component.Code, EntryKind.Self), dossier.Latest(component.Code, EntryKind.Automatic));
        var (verified, council) = (dossier.Latest(component.Code, EntryKind.Verified), dossier.Latest(component.Code, EntryKind.Council));
        var appeal = dossier.Latest(component.Code, EntryKind.Appeal);
        var start = Start(dossier, component.Code, kind);
        var typed = TypedAnswer.Of(start, kind == EntryKind.Council && start?.Kind != EntryKind.Council ? automatic : null, language) with
        {
            Taken = verified is not null && (self is null || verified.Sequence > self.Sequence),
            Reason = start is not null && start.Kind == kind ? start.Reason : "",
        };
        var named = new[] { self, appeal, verified, council }.OfType<RoundEntry>().SelectMany(e => e.Evidence).Concat(typed.Evidence).ToHashSet(StringComparer.Ordinal);
        return new SheetEntry(component, dossier.Seen(component.Code), typed)
        {
            Self = self,
            Automatic = automatic,
            Verified = dossier.ShowsVerified ? verified : null,
            Appeal = appeal,
            Council = dossier.ShowsVerified ? council : null,
            Score = score,
            Evidence = [.. dossier.Evidence.Where(e => named.Contains(e.Id))],
        };
    }

    /// <summary>The entry from which an answer of that kind starts: its own before, else what it would confirm or contest.</summary>
    public static RoundEntry? Start(UnitDossier dossier, string component, EntryKind? kind)
    {
        var self = dossier.Latest(component, EntryKind.Self);
        var verified = dossier.Latest(component, EntryKind.Verified);
        return kind switch
        {
            // What the unit answered since is to be looked at anew.
            EntryKind.Verified => verified is not null && (self is null || verified.Sequence > self.Sequence) ? verified : self,
            EntryKind.Appeal => dossier.Latest(component, EntryKind.Appeal) ?? verified ?? self,
            EntryKind.Council => dossier.Latest(component, EntryKind.Council) ?? verified,
            _ => self,
        };
    }
}
