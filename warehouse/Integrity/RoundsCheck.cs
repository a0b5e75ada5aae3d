using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Rounds;

namespace OpenData.Warehouse.Integrity;

/// <summary>Compares assessment rounds with what was written down about them: documents with their hashes, frozen frameworks with theirs, published results with what is kept of them.</summary>
/// <param name="store">Bytes of evidence.</param>
/// <param name="book">The rounds.</param>
/// <param name="hashOf">Hash of a file; null when it is gone, any other text when it cannot be read.</param>
internal sealed class RoundsCheck(EvidenceStore store, RoundBook book, Func<string, string?> hashOf)
{
    /// <summary>Checks.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken token)
    {
        var findings = new List<Finding>();
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, sha256) in store.Files())
        {
            token.ThrowIfCancellationRequested();
            there.Add(sha256);
            if (hashOf(path) is { } found && found != sha256)
            {
                findings.Add(new Finding(IntegrityErrors.EvidenceDamaged, $"evidence {sha256}", "The bytes have another hash than their name."));
            }
        }

        foreach (var round in await book.ListAsync(token))
        {
            // A document may have been given while files were listed.
            findings.AddRange((await book.EvidenceAsync(round.Id, token))
                .Where(e => !there.Contains(e.Sha256) && !store.Has(e.Sha256))
                .Select(e => new Finding(IntegrityErrors.EvidenceDamaged, $"evidence {e.Sha256}", $"{round.Id} names it as {e.Id} of {e.Unit}, and it is not there.")));
            findings.AddRange(await ResultsAsync(round, token));
        }

        return findings;
    }

    private async Task<IReadOnlyList<Finding>> ResultsAsync(Round round, CancellationToken token)
    {
        try
        {
            if (FrameworkFacts.Hash(round.FrozenFramework()) != round.FactsHash)
            {
                return [new Finding(IntegrityErrors.RoundDiffers, round.Id, "The frozen framework has another hash than when the round was opened.")];
            }

            var findings = new List<Finding>();
            foreach (var revision in await book.RevisionsAsync(round.Id, token))
            {
                if (RoundResultHash.Of(RoundResults.Of(await book.ContentAsync(round.Id, revision, token))) != revision.ResultHash)
                {
                    findings.Add(new Finding(IntegrityErrors.RoundDiffers, $"{round.Id} revision {revision.Number}", "What is kept of it gives another result than was published."));
                }
            }

            return findings;
        }
        catch (Exception unreadable) when (unreadable is OpenDataException or InvalidOperationException or FormatException or System.Text.Json.JsonException or KeyNotFoundException)
        {
            return [new Finding(IntegrityErrors.RoundDiffers, round.Id, "What is kept of it cannot be read.")];
        }
    }
}
