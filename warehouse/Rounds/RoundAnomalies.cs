using OpenData.Warehouse.Scoring;
using OpenData.Warehouse.Scoring.Explanation;

namespace OpenData.Warehouse.Rounds;

/// <summary>Pure: what a verifier and the council should look at in a round, by what units say of themselves.</summary>
public static class RoundAnomalies
{
    /// <summary>All of them.</summary>
    /// <param name="content">The round.</param>
    /// <param name="result">Its results.</param>
    public static IReadOnlyList<Anomaly> Of(RoundContent content, RoundResult result)
    {
        var answers = result.Self.Answers.ToLookup(a => a.Unit, a => a.Answer, StringComparer.Ordinal);
        var hashes = content.Evidence.ToDictionary(e => e.Id, e => e.Sha256, StringComparer.Ordinal);
        var uses = content.Entries.Where(e => e.Kind == EntryKind.Self)
            .GroupBy(e => (e.Unit, e.Component)).Select(g => g.MaxBy(e => e.Sequence)!) // No group is empty.
            .SelectMany(e => e.Evidence.Where(hashes.ContainsKey).Select(id => new EvidenceUse(e.Unit, e.Component, hashes[id])));
        return Anomalies.Of(
            content.Round.FrozenFramework(),
            [.. content.Units.Where(u => !u.IsMerged)
                .Select(u => new AssessedUnit(u.Code, u.League, answers[u.Code].ToDictionary(a => a.Component, StringComparer.Ordinal)) { IsRanked = u.IsRanked })],
            content.Before,
            uses,
            new AnomalyLimits());
    }
}
