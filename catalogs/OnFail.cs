namespace OpenData.Catalogs;

/// <summary>What a failed expectation does.</summary>
public enum OnFail
{
    /// <summary>Publish and say so.</summary>
    Warn,

    /// <summary>Refuse the offending rows and publish the rest.</summary>
    Quarantine,

    /// <summary>Publish nothing; the last good version stays.</summary>
    Block,
}
