using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Rounds;

namespace OpenData.Warehouse.ScoreTables;

/// <summary>The rounds that the public may see, from the state database. Drafts, and revisions under embargo, never leave it through here.</summary>
public sealed class PublishedRounds(LedgerOptions options, TimeProvider clock)
{
    /// <summary>The newest public revision of every round that has one, by id of the round.</summary>
    /// <param name="now">An embargo that ends later still holds.</param>
    /// <param name="token">Ends the wait.</param>
    public async Task<IReadOnlyList<PublishedRound>> ReadAsync(DateTimeOffset now, CancellationToken token)
    {
        await using var book = RoundBook.ForReading(options, clock);
        var published = new List<PublishedRound>();
        foreach (var round in (await book.ListAsync(token)).OrderBy(r => r.Id, StringComparer.Ordinal))
        {
            if (await book.PublicRevisionAsync(round.Id, now, token) is { } revision)
            {
                published.Add(PublishedRound.Of(await book.ContentAsync(round.Id, revision, token), revision));
            }
        }

        return published;
    }
}
