using System.Data.Common;
using System.Globalization;
using Dapper;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Rounds;

/// <content>Publications. What was published once stays as it was; a correction is a new one beside it.</content>
public sealed partial class RoundBook
{
    /// <summary>Publishes the round as it stands.</summary>
    /// <param name="actor">An administrator.</param>
    /// <param name="round">The round.</param>
    /// <param name="notBefore">Embargo; null for none.</param>
    /// <param name="reason">Why it is corrected; asked for from the second publication on.</param>
    /// <param name="asks">Datasets that publish rounds: a run of each is asked for, at once or when the embargo ends.</param>
    /// <param name="token">Ends the wait.</param>
    /// <exception cref="OpenDataException"><see cref="RoundErrors.NotReady"/>, <see cref="RoundErrors.NoReason"/>, <see cref="RoundErrors.WrongRole"/>.</exception>
    public async Task<RoundRevision> PublishAsync(RoundActor actor, string round, DateTimeOffset? notBefore, string? reason, IReadOnlyList<string> asks, CancellationToken token)
    {
        RequireAdministrator(actor);
        var before = await FindAsync(round, token) ?? throw RoundFailures.UnknownRound();
        var previous = (await BeforeAsync(before, null, token)).Shares;
        var why = reason is null ? null : Clean(reason);
        return await Audit.RecordAsync(
            async (connection, transaction) =>
            {
                var found = await RequireAsync(connection, transaction, round, token);
                var units = await UnitsAsync(connection, transaction, round, token);
                RequireReady(units);
                var last = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
                    "select max(number) from round_revisions where round_id = @Round", new { Round = round }, transaction, cancellationToken: token));
                if (last is not null && string.IsNullOrEmpty(why))
                {
                    throw RoundFailures.NoReason();
                }

                var content = new RoundContent(
                    found,
                    units,
                    await EntriesAsync(connection, transaction, round, null, long.MaxValue, token),
                    await EvidenceAsync(connection, transaction, round, token))
                {
                    PreviousShares = previous,
                };
                var revision = new RoundRevision(
                    round, (int)(last ?? 0) + 1, actor.Name, LedgerTime.FromText(Now), await LastAsync(connection, transaction, round, token), RoundResultHash.Of(RoundResults.Of(content)))
                {
                    NotBefore = notBefore,
                    Reason = last is null ? null : why,
                };
                await DoAsync(connection, transaction, RevisionRow.Insert, RevisionRow.Of(revision), token);
                foreach (var unit in units.Where(u => u.Stage != UnitStage.Published))
                {
                    await MoveAsync(connection, transaction, actor, found, new Step(unit, UnitStage.Published), RoundAction.Publish, "", token);
                }

                await RunLedger.AskAsync(connection, transaction, asks, actor.Name, revision.PublishedAt, notBefore, token);
                await Audit.AddAsync(
                    connection,
                    transaction,
                    actor.Name,
                    "round.publish",
                    round,
                    string.Create(CultureInfo.InvariantCulture, $"revision {revision.Number} {revision.ResultHash}") + (why is null ? "" : $": {why}"),
                    token);
                return revision;
            },
            token);
    }

    private static void RequireReady(IReadOnlyList<RoundUnit> units)
    {
        if (units.FirstOrDefault(u => !u.IsMerged && StageRules.Of(u.Stage, RoundAction.Publish, RoundRole.Administrator).To is null) is { } open)
        {
            throw new OpenDataException(RoundErrors.NotReady, new LocalText(
                $"Hội đồng chưa kết thúc đơn vị {open.Code}.", $"The council has not closed unit {open.Code} (stage {RoundText.Of(open.Stage)})."));
        }
    }

    private static async Task<IReadOnlyList<RoundEvidence>> EvidenceAsync(DbConnection connection, DbTransaction transaction, string round, CancellationToken token)
        => [.. (await connection.QueryAsync<EvidenceRow>(new CommandDefinition(
            $"{EvidenceRow.Select} where round_id = @Round order by added_at, id", new { Round = round }, transaction, cancellationToken: token))).Select(r => r.ToEvidence())];
}
