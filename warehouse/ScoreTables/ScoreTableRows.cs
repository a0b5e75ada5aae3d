using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.ScoreTables;

/// <summary>Pure: what is published of rounds → the rows of a table, in an order that does not depend on who asks.</summary>
public static class ScoreTableRows
{
    /// <summary>The rows of a table.</summary>
    /// <param name="table">Which.</param>
    /// <param name="rounds">The newest public revision of each round.</param>
    /// <param name="frameworks">Frameworks of the catalogue; a version that a round has frozen is taken from the round.</param>
    public static IEnumerable<ScoreRow> Of(ScoreTable table, IReadOnlyList<PublishedRound> rounds, IReadOnlyList<Framework> frameworks)
    {
        var inOrder = rounds.OrderBy(r => r.Round.Id, StringComparer.Ordinal);
        return table switch
        {
            ScoreTable.Frameworks => FrameworkRows.Of(Known(rounds, frameworks)),
            ScoreTable.Scores => inOrder.SelectMany(ScoreRows.Of),
            ScoreTable.ComponentScores => inOrder.SelectMany(ComponentScoreRows.Of),
            ScoreTable.Ranks => inOrder.SelectMany(RankRows.Of),
            ScoreTable.Evidence => inOrder.SelectMany(EvidenceRows.Of),
            _ => throw new ArgumentOutOfRangeException(nameof(table), table, null),
        };
    }

    private static IEnumerable<Framework> Known(IReadOnlyList<PublishedRound> rounds, IReadOnlyList<Framework> frameworks)
        => rounds.Select(r => r.Framework).Concat(frameworks)
            .DistinctBy(f => (f.Id, f.Version))
            .OrderBy(f => f.Id, StringComparer.Ordinal)
            .ThenBy(f => f.Version);
}
