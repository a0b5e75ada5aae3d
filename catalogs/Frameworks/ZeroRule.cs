namespace OpenData.Catalogs.Frameworks;

/// <summary>What a ratio is worth when its denominator is zero.</summary>
public enum ZeroRule
{
    /// <summary>Nothing.</summary>
    Zero,

    /// <summary>All points.</summary>
    Full,

    /// <summary>The component does not apply to the unit.</summary>
    NotApplicable,
}
