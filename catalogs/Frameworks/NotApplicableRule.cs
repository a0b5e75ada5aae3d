namespace OpenData.Catalogs.Frameworks;

/// <summary>What becomes of a component's points when it does not apply to a unit. Not applicable is not zero.</summary>
public enum NotApplicableRule
{
    /// <summary>Its points go to the components of the same main index that apply, in proportion; the index keeps its maximum.</summary>
    Redistribute,

    /// <summary>Its points leave the unit's maximum.</summary>
    Exclude,

    /// <summary>It scores nothing and its points stay in the maximum.</summary>
    Zero,
}
