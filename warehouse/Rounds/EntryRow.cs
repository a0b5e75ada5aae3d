using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Rounds;

/// <summary>An entry as the database has it.</summary>
internal sealed class EntryRow
{
    internal const string Select =
        """
        select round_id as RoundId, sequence as Sequence, unit as Unit, component as Component, kind as Kind, answer_kind as AnswerKind,
            numbers as Numbers, answer_level as AnswerLevel, set_share as SetShare, explanation as Explanation, reason as Reason,
            evidence as Evidence, is_imported as IsImported, actor as Actor, actor_role as ActorRole, at as At from round_entries
        """;

    internal const string Insert =
        """
        insert into round_entries (round_id, sequence, unit, component, kind, answer_kind, numbers, answer_level, set_share, explanation, reason, evidence,
            is_imported, actor, actor_role, at)
        values (@RoundId, @Sequence, @Unit, @Component, @Kind, @AnswerKind, @Numbers, @AnswerLevel, @SetShare, @Explanation, @Reason,
            @Evidence, @IsImported, @Actor, @ActorRole, @At)
        """;

    public string RoundId { get; set; } = "";

    public long Sequence { get; set; }

    public string Unit { get; set; } = "";

    public string Component { get; set; } = "";

    public string Kind { get; set; } = "";

    public string AnswerKind { get; set; } = "";

    public string Numbers { get; set; } = "";

    public string? AnswerLevel { get; set; }

    public string? SetShare { get; set; }

    public string Explanation { get; set; } = "";

    public string Reason { get; set; } = "";

    public string Evidence { get; set; } = "";

    public long IsImported { get; set; }

    public string Actor { get; set; } = "";

    public string ActorRole { get; set; } = "";

    public string At { get; set; } = "";

    internal static EntryRow Of(RoundEntry entry) => new()
    {
        RoundId = entry.Round,
        Sequence = entry.Sequence,
        Unit = entry.Unit,
        Component = entry.Component,
        Kind = RoundText.Of(entry.Kind),
        AnswerKind = RoundText.Of(entry.Answer.Kind),
        Numbers = AnswerText.OfNumbers(entry.Answer.Numbers),
        AnswerLevel = entry.Answer.Level,
        SetShare = entry.Answer.SetShare is { } share ? AnswerText.Of(share) : null,
        Explanation = entry.Explanation,
        Reason = entry.Reason,
        Evidence = string.Join(' ', entry.Evidence),
        IsImported = entry.IsImported ? 1 : 0,
        Actor = entry.Actor,
        ActorRole = RoundText.Of(entry.Role),
        At = LedgerTime.ToText(entry.At),
    };

    internal RoundEntry ToEntry(IReadOnlyList<AutomaticQuery> queries) => new(
        RoundId,
        Sequence,
        Unit,
        RoundText.To<EntryKind>(Kind),
        new ComponentAnswer(Component, RoundText.To<AnswerKind>(AnswerKind))
        {
            Numbers = AnswerText.ToNumbers(Numbers),
            Level = AnswerLevel,
            SetShare = SetShare is { } share ? AnswerText.Number(share) : null,
        },
        Actor,
        RoundText.To<RoundRole>(ActorRole),
        LedgerTime.FromText(At))
    {
        Explanation = Explanation,
        Reason = Reason,
        Evidence = Evidence.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        IsImported = IsImported != 0,
        Queries = queries,
    };
}
