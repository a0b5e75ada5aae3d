namespace OpenData.Catalogs;

/// <summary>How a run's rows join those already published.</summary>
public enum LoadMode
{
    /// <summary>The input is the whole truth.</summary>
    Replace,

    /// <summary>New rows only; a key already there is counted as a duplicate.</summary>
    Append,

    /// <summary>By key; the latest wins.</summary>
    Merge,
}
