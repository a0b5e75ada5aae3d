namespace OpenData.Catalogs.Frameworks;

/// <summary>What becomes of a component's points when a unit gave no answer.</summary>
public enum MissingRule
{
    /// <summary>It scores nothing.</summary>
    Zero,

    /// <summary>The share of the round before stands; without one, nothing.</summary>
    Previous,

    /// <summary>Its points leave the unit's maximum.</summary>
    Exclude,
}
