namespace OpenData.Catalogs.Frameworks;

/// <summary>What an automatic input computes of a unit's rows.</summary>
public enum Measure
{
    /// <summary>Number of rows.</summary>
    Count,

    /// <summary>Sum of a column.</summary>
    Sum,

    /// <summary>Mean of a column.</summary>
    Mean,

    /// <summary>Least value of a column.</summary>
    Min,

    /// <summary>Greatest value of a column.</summary>
    Max,
}
