namespace OpenData.Warehouse.ScoreTables;

/// <summary>The tables in which assessment rounds are published.</summary>
public enum ScoreTable
{
    /// <summary>What frameworks say: main indices, pillars, components and their inputs.</summary>
    Frameworks,

    /// <summary>Totals, pillars and main indices of every unit.</summary>
    Scores,

    /// <summary>Components of every unit, with the inputs that they were computed from.</summary>
    ComponentScores,

    /// <summary>Places of the units in their leagues.</summary>
    Ranks,

    /// <summary>References to evidence: hash, number and date of the document. Never files, names of files or people.</summary>
    Evidence,
}
