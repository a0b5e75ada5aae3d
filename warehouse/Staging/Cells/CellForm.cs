namespace OpenData.Warehouse.Staging;

/// <summary>What a cell was in its source.</summary>
internal enum CellForm
{
    /// <summary>Text, read by the column's own formats.</summary>
    Text,

    /// <summary>A JSON or workbook number: plain digits, point and exponent, whatever the column's number format.</summary>
    Number,

    /// <summary>A JSON or workbook true.</summary>
    True,

    /// <summary>A JSON or workbook false.</summary>
    False,

    /// <summary>No value.</summary>
    Null,

    /// <summary>A JSON object or array, as raw JSON.</summary>
    Composite,

    /// <summary>A date or time of a workbook, as ISO 8601 text, whatever the column's format.</summary>
    Iso,
}
