using Dapper;

namespace OpenData.Warehouse.Ledger;

/// <content>What follows when the ledger comes out of a backup.</content>
public sealed partial class RunLedger
{
    /// <summary>
    /// Ends every run that was at work when the ledger was saved, whatever process did it: it is not at work here. Sign-ins and one-time links do
    /// not come back. Returns how many runs were ended. Doing it twice changes nothing.
    /// </summary>
    /// <param name="published">Finds the publication that a run left behind, or null.</param>
    /// <param name="isLandingGone">True for source bytes that are not there any more.</param>
    /// <param name="token">Ends the wait.</param>
    public async Task<int> SettleRestoredAsync(Func<RunRecord, PublishedRun?> published, Predicate<string> isLandingGone, CancellationToken token)
    {
        var ended = 0;
        foreach (var run in await ListAsync(null, RunStatus.Started, int.MaxValue, token))
        {
            ended += await CloseAsync(run, End(published(run)), token) ? 1 : 0;
        }

        var gone = (await LandingsAsync(token)).Select(l => l.Sha256).Where(sha256 => isLandingGone(sha256)).Distinct(StringComparer.Ordinal).ToList();
        await _database.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(new CommandDefinition(
                    "update landings set removed_at = @At where sha256 = @Sha256 and removed_at is null",
                    gone.Select(sha256 => new { Sha256 = sha256, At = LedgerTime.ToText(_clock.GetUtcNow()) }),
                    transaction,
                    cancellationToken: token));
                await connection.ExecuteAsync(new CommandDefinition("delete from sessions", transaction: transaction, cancellationToken: token));
                return await connection.ExecuteAsync(new CommandDefinition("delete from access_links", transaction: transaction, cancellationToken: token));
            },
            token);
        return ended;
    }
}
