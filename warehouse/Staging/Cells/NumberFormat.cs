namespace OpenData.Warehouse.Staging;

/// <summary>How a column writes numbers.</summary>
internal enum NumberFormat
{
    /// <summary>1234567.89</summary>
    Plain,

    /// <summary>1.234.567,89; groups may be left out, but not half of them.</summary>
    Vi,

    /// <summary>1,234,567.89; groups may be left out, but not half of them.</summary>
    En,
}
