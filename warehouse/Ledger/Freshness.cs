using OpenData.Catalogs;

namespace OpenData.Warehouse.Ledger;

/// <summary>Judges lateness with its cause from run facts alone; true also when no job starts any more.</summary>
public static class Freshness
{
    // A job needs a moment to start and to finish before its slot counts as missed.
    private static readonly TimeSpan SlotGrace = TimeSpan.FromMinutes(15);

    /// <summary>The state of a dataset at an instant.</summary>
    public static FreshnessVerdict Of(RefreshPolicy policy, FreshnessFacts facts, DateTimeOffset now)
    {
        if (facts.Confirmed is not { } confirmed)
        {
            return new FreshnessVerdict(FreshnessState.Late, Cause(facts, slotMissed: false), null);
        }

        var term = policy.LateFrom(confirmed.StartedAt, facts.WorkingDays);
        var slotMissed = facts.NextSlot is { } slot && slot > confirmed.StartedAt && now > slot + SlotGrace
            && facts.Latest is not { Status: RunStatus.Started };
        var triedInVain = facts.Ended is { Status: RunStatus.Failed or RunStatus.Blocked or RunStatus.Interrupted or RunStatus.Waiting };
        var state = term is not null && now > term.At ? FreshnessState.Late
            : slotMissed || triedInVain ? FreshnessState.Due
            : FreshnessState.OnTime;
        return new FreshnessVerdict(state, state == FreshnessState.OnTime ? null : Cause(facts, slotMissed), term?.At)
        {
            Certainty = term?.Certainty ?? CalendarCertainty.Official,
        };
    }

    /// <summary>The cause that a run's end stands for; null when it ended well.</summary>
    public static FreshnessCause? CauseOf(RunRecord? run) => run switch
    {
        { Status: RunStatus.Blocked, CauseCode: "OD2405" } => FreshnessCause.WaitingForParent,
        { Status: RunStatus.Failed, CauseCode: "OD2201", Cause: { } cause } when TellsOfQuarantine(cause) => FreshnessCause.RowsQuarantined,
        { Status: RunStatus.Failed or RunStatus.Blocked, CauseCode: { } code } => Cause(code),
        { Status: RunStatus.Failed or RunStatus.Blocked } => FreshnessCause.JobFailed,
        { Status: RunStatus.Waiting } => FreshnessCause.WaitingForApproval,
        { Status: RunStatus.Interrupted } => FreshnessCause.Interrupted,
        _ => null,
    };

    // A slot that nothing ran in is the nearer cause than a failure before it.
    private static FreshnessCause Cause(FreshnessFacts facts, bool slotMissed)
    {
        var idle = facts.PausedAt is null ? FreshnessCause.NotStarted : FreshnessCause.SchedulePaused;
        return slotMissed ? idle : CauseOf(facts.Ended) ?? idle;
    }

    // A blocking expectation is named in its cause; this name is the contract's own word for too many refused records.
    private static bool TellsOfQuarantine(LocalText cause) => cause.En.Contains("quarantine_share", StringComparison.Ordinal);

    private static FreshnessCause Cause(string code) => code switch
    {
        "OD2434" => FreshnessCause.WaitingForApproval,
        "OD2435" or "OD2436" => FreshnessCause.NotApproved,
        _ when code.StartsWith("OD20", StringComparison.Ordinal) => FreshnessCause.SourceSilent,
        _ when code.StartsWith("OD21", StringComparison.Ordinal) => FreshnessCause.ContractBroken,
        _ when code.StartsWith("OD22", StringComparison.Ordinal) => FreshnessCause.ContractBroken,
        _ when code.StartsWith("OD10", StringComparison.Ordinal) => FreshnessCause.ContractBroken,
        _ => FreshnessCause.JobFailed,
    };
}
