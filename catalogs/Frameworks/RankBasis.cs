namespace OpenData.Catalogs.Frameworks;

/// <summary>What ranks are taken from.</summary>
public enum RankBasis
{
    /// <summary>Exact values: two units share a rank only when they are equal in every digit.</summary>
    Unrounded,

    /// <summary>Published values: units that look equal share a rank.</summary>
    Published,
}
