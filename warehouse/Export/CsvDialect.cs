namespace OpenData.Warehouse.Export;

/// <summary>Which reader a CSV is for. The values are the same.</summary>
public enum CsvDialect
{
    /// <summary>For programs: no byte order mark, LF. This form is hashed.</summary>
    Plain,

    /// <summary>For Excel: byte order mark, so that Vietnamese letters are read as UTF-8, and CRLF.</summary>
    Excel,
}
