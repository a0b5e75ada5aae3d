namespace OpenData.Warehouse.Scoring;

/// <summary>Whether there is an answer.</summary>
public enum AnswerKind
{
    /// <summary>There is one.</summary>
    Answered,

    /// <summary>The component does not apply to the unit, with a reason that the round keeps.</summary>
    NotApplicable,

    /// <summary>The unit gave none.</summary>
    Missing,
}
