namespace OpenData.Catalogs.Frameworks;

/// <summary>What a ratio is worth when its numerator is greater than its denominator.</summary>
public enum AboveRule
{
    /// <summary>The answer is a mistake and scores nothing until it is corrected.</summary>
    Error,

    /// <summary>All points.</summary>
    Cap,
}
