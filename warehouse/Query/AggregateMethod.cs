namespace OpenData.Warehouse.Query;

/// <summary>How a value is made of many. Missing values are passed over; of nothing but missing ones, all but the counts are missing.</summary>
public enum AggregateMethod
{
    /// <summary>Rows.</summary>
    Count,

    /// <summary>Different values.</summary>
    CountDistinct,

    /// <summary>Sum; whole numbers give up to 38 digits, so that it cannot overflow.</summary>
    Sum,

    /// <summary>Mean, as 64-bit floating point.</summary>
    Average,

    /// <summary>Least value.</summary>
    Min,

    /// <summary>Greatest value.</summary>
    Max,
}
