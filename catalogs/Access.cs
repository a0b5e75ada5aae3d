namespace OpenData.Catalogs;

/// <summary>Who may see a dataset.</summary>
public enum Access
{
    /// <summary>Everyone, without a name or a key.</summary>
    Open,

    /// <summary>Agencies with a key of that scope; unknown to every public route.</summary>
    Shared,

    /// <summary>Nobody outside; feeds derived datasets only.</summary>
    Closed,
}
