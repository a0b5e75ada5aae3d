namespace OpenData.Warehouse.Export;

/// <summary>Which reader delimited text is for. The values are the same, but for what <see cref="Excel"/> would calculate.</summary>
public enum CsvDialect
{
    /// <summary>For programs: comma, no byte order mark, LF. This form is hashed.</summary>
    Plain,

    /// <summary>
    /// For Excel: byte order mark, so that Vietnamese letters are read as UTF-8, and CRLF. A cell that Excel would take for a formula
    /// gets an apostrophe in front (<see cref="FormulaCell"/>), so this form does not read back to the same values.
    /// </summary>
    Excel,

    /// <summary>Tab-separated: as <see cref="Plain"/> with a tab for the comma.</summary>
    Tab,
}
