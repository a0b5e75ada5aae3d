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
            return new FreshnessVerdict(FreshnessState.Late, Cause(facts), null);
        }

        var lateFrom = confirmed.StartedAt + policy.DueWithin;
        if (lateFrom is { } limit && now > limit)
        {
            return new FreshnessVerdict(FreshnessState.Late, Cause(facts), lateFrom);
        }

        var slotMissed = facts.NextSlot is { } slot && slot > confirmed.StartedAt && now > slot + SlotGrace;
        var triedInVain = facts.Latest is { Status: RunStatus.Failed or RunStatus.Blocked or RunStatus.Interrupted };
        return slotMissed || triedInVain
            ? new FreshnessVerdict(FreshnessState.Due, Cause(facts), lateFrom)
            : new FreshnessVerdict(FreshnessState.OnTime, null, lateFrom);
    }

    private static FreshnessCause Cause(FreshnessFacts facts) => facts.Latest switch
    {
        { Status: RunStatus.Blocked, CauseCode: "OD2405" } => FreshnessCause.WaitingForParent,
        { Status: RunStatus.Failed, CauseCode: "OD2201", Cause: { } cause } when TellsOfQuarantine(cause) => FreshnessCause.RowsQuarantined,
        { Status: RunStatus.Failed or RunStatus.Blocked, CauseCode: { } code } => Cause(code),
        _ => FreshnessCause.JobFailed,
    };

    // A blocking expectation is named in its cause; this name is the contract's own word for too many refused records.
    private static bool TellsOfQuarantine(LocalText cause) => cause.En.Contains("quarantine_share", StringComparison.Ordinal);

    private static FreshnessCause Cause(string code) => code switch
    {
        _ when code.StartsWith("OD20", StringComparison.Ordinal) => FreshnessCause.SourceSilent,
        _ when code.StartsWith("OD21", StringComparison.Ordinal) => FreshnessCause.ContractBroken,
        _ when code.StartsWith("OD22", StringComparison.Ordinal) => FreshnessCause.ContractBroken,
        _ when code.StartsWith("OD10", StringComparison.Ordinal) => FreshnessCause.ContractBroken,
        _ => FreshnessCause.JobFailed,
    };
}
