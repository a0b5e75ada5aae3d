namespace OpenData.Warehouse.Scoring;

/// <summary>How a component's points came about.</summary>
public enum ScoreState
{
    /// <summary>By its formula.</summary>
    Scored,

    /// <summary>It does not apply; its rule says what becomes of its points.</summary>
    NotApplicable,

    /// <summary>There was no answer; its rule says what becomes of its points.</summary>
    Missing,

    /// <summary>There was no answer and the share of the round before stands.</summary>
    Carried,

    /// <summary>The answer contradicts itself and scores nothing until it is corrected.</summary>
    Invalid,

    /// <summary>A council set the share itself, with a reason that the round keeps.</summary>
    Adjusted,
}
