namespace OpenData.Warehouse.Export;

/// <summary>What the cells of a column are in a workbook: the same for all of them.</summary>
internal enum CellKind
{
    /// <summary>Text, never a formula.</summary>
    Text,

    /// <summary>An exact number of at most 15 digits.</summary>
    Number,

    /// <summary>A binary number.</summary>
    Float,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A day, counted from 1900.</summary>
    Date,

    /// <summary>A time of day, as a part of a day.</summary>
    Time,

    /// <summary>An instant by the clocks of its column's zone, counted in days from 1900.</summary>
    WallTime,

    /// <summary>A length of time in days.</summary>
    Days,
}
