namespace OpenData.Warehouse.ScoreTables;

/// <summary>The words by which contracts name the tables.</summary>
public static class ScoreTableWord
{
    /// <summary>The table that a contract names; null when the word names none.</summary>
    public static ScoreTable? Of(string? word) => word switch
    {
        "frameworks" => ScoreTable.Frameworks,
        "scores" => ScoreTable.Scores,
        "component_scores" => ScoreTable.ComponentScores,
        "ranks" => ScoreTable.Ranks,
        "evidence" => ScoreTable.Evidence,
        _ => null,
    };
}
