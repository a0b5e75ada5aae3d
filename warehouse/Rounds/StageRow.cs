using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Rounds;

/// <summary>A step of the work as the database has it.</summary>
internal sealed class StageRow
{
    internal const string Select =
        """
        select round_id as RoundId, sequence as Sequence, unit as Unit, from_stage as FromStage, to_stage as ToStage, action as Action,
            actor as Actor, actor_role as ActorRole, at as At, reason as Reason from round_stages
        """;

    internal const string Insert =
        """
        insert into round_stages (round_id, sequence, unit, from_stage, to_stage, action, actor, actor_role, at, reason)
        values (@RoundId, @Sequence, @Unit, @FromStage, @ToStage, @Action, @Actor, @ActorRole, @At, @Reason)
        """;

    public string RoundId { get; set; } = "";

    public long Sequence { get; set; }

    public string Unit { get; set; } = "";

    public string FromStage { get; set; } = "";

    public string ToStage { get; set; } = "";

    public string Action { get; set; } = "";

    public string Actor { get; set; } = "";

    public string ActorRole { get; set; } = "";

    public string At { get; set; } = "";

    public string Reason { get; set; } = "";

    internal static StageRow Of(StageChange change) => new()
    {
        RoundId = change.Round,
        Sequence = change.Sequence,
        Unit = change.Unit,
        FromStage = RoundText.Of(change.From),
        ToStage = RoundText.Of(change.To),
        Action = RoundText.Of(change.Action),
        Actor = change.Actor,
        ActorRole = RoundText.Of(change.Role),
        At = LedgerTime.ToText(change.At),
        Reason = change.Reason,
    };

    internal StageChange ToChange() => new(
        RoundId,
        Sequence,
        Unit,
        RoundText.To<UnitStage>(FromStage),
        RoundText.To<UnitStage>(ToStage),
        RoundText.To<RoundAction>(Action),
        Actor,
        RoundText.To<RoundRole>(ActorRole),
        LedgerTime.FromText(At),
        Reason);
}
