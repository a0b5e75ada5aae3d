namespace OpenData.Warehouse.Query;

/// <summary>What is wanted of related rows.</summary>
public enum ExpandedPart
{
    /// <summary>The rows.</summary>
    Rows,

    /// <summary>How many there are (<c>relation/$count</c>).</summary>
    Count,

    /// <summary>Their addresses (<c>relation/$ref</c>).</summary>
    References,
}
