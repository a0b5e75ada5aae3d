namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>How well the answer behind some points is founded.</summary>
public enum AnswerSource
{
    /// <summary>Computed from published data; anybody can compute it again.</summary>
    Automatic,

    /// <summary>Given by the unit and confirmed by a verifier.</summary>
    Verified,

    /// <summary>Given by the unit alone.</summary>
    SelfReported,
}
