using System.Data.Common;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Rounds;

/// <content>Steps of the work on a unit.</content>
public sealed partial class RoundBook
{
    /// <summary>Submits, screens, returns, verifies, closes or reopens a unit.</summary>
    /// <returns>The stage after it.</returns>
    /// <exception cref="OpenDataException">
    /// <see cref="RoundErrors.WrongStage"/>, <see cref="RoundErrors.WrongRole"/>, <see cref="RoundErrors.OwnUnit"/>, <see cref="RoundErrors.NoReason"/>,
    /// <see cref="RoundErrors.OutOfTime"/>, <see cref="RoundErrors.NotVerified"/>.
    /// </exception>
    public Task<UnitStage> ActAsync(RoundActor actor, string round, string unit, RoundAction action, string reason, CancellationToken token)
    {
        if (action is not (RoundAction.Submit or RoundAction.Screen or RoundAction.Return or RoundAction.Verify or RoundAction.Close or RoundAction.Reopen))
        {
            throw new ArgumentOutOfRangeException(nameof(action), action, "This action changes more than the stage.");
        }

        var why = Clean(reason);
        return Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var found = await RequireAsync(connection, transaction, round, token);
                var step = await RequireStepAsync(connection, transaction, actor, found, unit, action, token);
                RequireTime(found, step.Unit, action, actor);
                if (StageRules.NeedsReason(action, actor.Role) && why.Length == 0)
                {
                    throw RoundFailures.NoReason();
                }

                if (action == RoundAction.Verify)
                {
                    await RequireVerifiedAsync(connection, transaction, round, unit, token);
                }

                await MoveAsync(connection, transaction, actor, found, step, action, why, token);
                await Audit.AddAsync(connection, transaction, actor.Name, "round." + RoundText.Of(action), $"{round} {unit}", why, token);
                return step.To;
            },
            token);
    }

    /// <summary>Keeps what is known of a document that supports answers of a unit. Its bytes are kept elsewhere, under their hash.</summary>
    public Task<RoundEvidence> AddEvidenceAsync(RoundActor actor, RoundEvidence evidence, CancellationToken token)
        => Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var found = await RequireAsync(connection, transaction, evidence.Round, token);
                var action = EvidenceAction(actor.Role, await RequireUnitAsync(connection, transaction, evidence.Round, evidence.Unit, token));
                var step = await RequireStepAsync(connection, transaction, actor, found, evidence.Unit, action, token);
                RequireTime(found, step.Unit, action, actor);
                EvidenceRules.Require(evidence);
                var count = (await EvidenceAsync(connection, transaction, evidence.Round, token)).Count;
                var kept = evidence with { Id = EvidenceRules.IdOf(count + 1), AddedBy = actor.Name, AddedAt = LedgerTime.FromText(Now) };
                await DoAsync(connection, transaction, EvidenceRow.Insert, EvidenceRow.Of(kept), token);
                await Audit.AddAsync(connection, transaction, actor.Name, "round.evidence", $"{kept.Round} {kept.Unit} {kept.Id}", kept.Sha256, token);
                return kept;
            },
            token);

    // A document supports what its giver may enter at that stage; to an objection belong new ones.
    private static RoundAction EvidenceAction(RoundRole role, RoundUnit unit) => role switch
    {
        RoundRole.Verifier => RoundAction.VerifyAnswer,
        RoundRole.Council => RoundAction.Adjust,
        RoundRole.Officer when unit.Stage == UnitStage.Verified => RoundAction.Appeal,
        _ => RoundAction.Answer,
    };

    private static async Task RequireVerifiedAsync(DbConnection connection, DbTransaction transaction, string round, string unit, CancellationToken token)
    {
        if (Unverified(await EntriesAsync(connection, transaction, round, unit, long.MaxValue, token)) is [var first, ..])
        {
            throw new OpenDataException(RoundErrors.NotVerified, new LocalText(
                $"Thành phần {first.Component} chưa được thẩm định.", $"Component {first.Component} has not been verified since it was answered."));
        }
    }

    private async Task MoveAsync(
        DbConnection connection, DbTransaction transaction, RoundActor actor, Round round, Step step, RoundAction action, string reason, CancellationToken token)
    {
        var change = new StageChange(
            round.Id,
            await NextAsync(connection, transaction, round.Id, token),
            step.Unit.Code,
            step.Unit.Stage,
            step.To,
            action,
            actor.Name,
            actor.Role,
            LedgerTime.FromText(Now),
            reason);
        await DoAsync(connection, transaction, StageRow.Insert, StageRow.Of(change), token);
        await DoAsync(
            connection,
            transaction,
            "update round_units set stage = @Stage where round_id = @Round and code = @Code",
            new { Stage = RoundText.Of(step.To), Round = round.Id, step.Unit.Code },
            token);
    }

    // A form that came back late must still be put right: only the first submission has an end. Who administers may give in for a late unit.
    private void RequireTime(Round round, RoundUnit unit, RoundAction action, RoundActor actor)
    {
        var now = _clock.GetUtcNow();
        LocalText? complaint = action switch
        {
            RoundAction.Answer or RoundAction.Submit when actor.Role == RoundRole.Officer && unit.Stage == UnitStage.Draft && round.SubmitUntil < now
                => new LocalText("Đã hết hạn nộp phiếu.", "The time to submit is over."),
            RoundAction.Appeal when round.AppealUntil is not { } until || until < now => new LocalText("Đã hết hạn khiếu nại.", "The time to appeal is over."),
            RoundAction.Close when round.AppealUntil > now => new LocalText("Đơn vị còn có thể khiếu nại.", "The unit may still appeal."),
            _ => null,
        };
        if (complaint is not null)
        {
            throw new OpenDataException(RoundErrors.OutOfTime, complaint);
        }
    }
}
