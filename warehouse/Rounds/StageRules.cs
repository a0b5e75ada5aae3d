using System.Collections.Frozen;

namespace OpenData.Warehouse.Rounds;

/// <summary>Pure: the one place that says who may do what at which stage, and where it leads.</summary>
public static class StageRules
{
    private static readonly FrozenDictionary<RoundAction, Rule> Rules = new Dictionary<RoundAction, Rule>
    {
        [RoundAction.Answer] = new([RoundRole.Officer, RoundRole.Administrator], (UnitStage.Draft, UnitStage.Draft), (UnitStage.Returned, UnitStage.Returned)),
        [RoundAction.Compute] = new(
            [RoundRole.Administrator, RoundRole.Verifier],
            (UnitStage.Draft, UnitStage.Draft),
            (UnitStage.Submitted, UnitStage.Submitted),
            (UnitStage.Screened, UnitStage.Screened),
            (UnitStage.Returned, UnitStage.Returned)),
        [RoundAction.Submit] = new([RoundRole.Officer, RoundRole.Administrator], (UnitStage.Draft, UnitStage.Submitted), (UnitStage.Returned, UnitStage.Submitted)),
        [RoundAction.Screen] = new([RoundRole.Verifier], (UnitStage.Submitted, UnitStage.Screened)),
        [RoundAction.Return] = new([RoundRole.Verifier], (UnitStage.Submitted, UnitStage.Returned), (UnitStage.Screened, UnitStage.Returned)),
        [RoundAction.VerifyAnswer] = new([RoundRole.Verifier], (UnitStage.Screened, UnitStage.Screened)),
        [RoundAction.Verify] = new([RoundRole.Verifier], (UnitStage.Screened, UnitStage.Verified)),
        [RoundAction.Appeal] = new([RoundRole.Officer], (UnitStage.Verified, UnitStage.Verified)),
        [RoundAction.Adjust] = new([RoundRole.Council], (UnitStage.Verified, UnitStage.Verified)),
        [RoundAction.Close] = new([RoundRole.Council], (UnitStage.Verified, UnitStage.Council)),

        // A past round was decided elsewhere: what is entered of it needs no second decision here.
        [RoundAction.Import] = new([RoundRole.Administrator], (UnitStage.Draft, UnitStage.Council), (UnitStage.Council, UnitStage.Council)),
        [RoundAction.Publish] = new([RoundRole.Administrator], (UnitStage.Council, UnitStage.Published), (UnitStage.Published, UnitStage.Published)),
        [RoundAction.Reopen] = new([RoundRole.Administrator, RoundRole.Council], (UnitStage.Council, UnitStage.Verified), (UnitStage.Published, UnitStage.Verified)),
    }.ToFrozenDictionary();

    /// <summary>Where an action leads, or the code with which it is refused. The role is looked at first.</summary>
    public static StageDecision Of(UnitStage stage, RoundAction action, RoundRole role)
    {
        var rule = Rules[action];
        if (!rule.Roles.Contains(role))
        {
            return new StageDecision(null, RoundErrors.WrongRole);
        }

        foreach (var (from, to) in rule.Steps)
        {
            if (from == stage)
            {
                return new StageDecision(to, null);
            }
        }

        return new StageDecision(null, RoundErrors.WrongStage);
    }

    /// <summary>True when the action needs a sentence with its reason, whoever does it.</summary>
    public static bool NeedsReason(RoundAction action, RoundRole role)
        => action is RoundAction.Return or RoundAction.Appeal or RoundAction.Adjust or RoundAction.Reopen
            || (action == RoundAction.Submit && role != RoundRole.Officer);

    private sealed record Rule(IReadOnlyList<RoundRole> Roles, params IReadOnlyList<(UnitStage From, UnitStage To)> Steps);
}
