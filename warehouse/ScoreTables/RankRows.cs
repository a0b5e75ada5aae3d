namespace OpenData.Warehouse.ScoreTables;

/// <summary>Pure: a published round → places in the leagues. Units that are assessed and not ranked have no row.</summary>
internal static class RankRows
{
    internal static IEnumerable<ScoreRow> Of(PublishedRound round)
    {
        var final = round.Result.Final;
        var sharing = final.Ranks.GroupBy(r => (r.PeerGroup, r.Rank)).ToDictionary(g => g.Key, g => g.Count());
        foreach (var unit in round.Content.Units)
        {
            if (final.RankOf(unit.Code) is { } rank && final.Find(unit.Code) is { } score)
            {
                yield return ScoreRow.Of(
                [
                    .. RoundFields.Of(round),
                    .. RoundFields.Of(unit),
                    ("rank", ScoreRow.Number(rank.Rank)),
                    ("ranked_units", ScoreRow.Number(rank.Of)),
                    ("sharing", ScoreRow.Number(sharing[(rank.PeerGroup, rank.Rank)])),
                    ("value", ScoreRow.Value(score.Total, round.Framework.Decimals)),
                    ("compared", ScoreRow.Exact(rank.Value)),
                ]);
            }
        }
    }
}
