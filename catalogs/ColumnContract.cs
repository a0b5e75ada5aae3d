namespace OpenData.Catalogs;

/// <summary>One column of a dataset as promised.</summary>
/// <param name="Name">Public name, <c>[a-z][a-z0-9_]*</c>; names beginning with <c>_</c> are reserved.</param>
/// <param name="Type">Logical type.</param>
/// <param name="Title">Title in both languages.</param>
public sealed record ColumnContract(string Name, ColumnType Type, LocalText Title)
{
    /// <summary>Longer explanation; null when the title says it all.</summary>
    public LocalText? Description { get; init; }

    /// <summary>The source's name of the field (header, JSON path or property); null means <see cref="Name"/>.</summary>
    public string? From { get; init; }

    /// <summary>True when a row without a value is refused.</summary>
    public bool Required { get; init; }

    /// <summary>Unit of measure, for example <c>VND</c>, <c>km2</c>, <c>person</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>Regular expression (RE2 semantics) that the whole text must match.</summary>
    public string? Matches { get; init; }

    /// <summary>The values allowed; null when free.</summary>
    public IReadOnlyList<string>? OneOf { get; init; }

    /// <summary>Least value, inclusive, as written in the contract.</summary>
    public string? Min { get; init; }

    /// <summary>Greatest value, inclusive, as written in the contract.</summary>
    public string? Max { get; init; }

    /// <summary>Dataset whose codes this column uses (documentation and cross-file check).</summary>
    public string? Codelist { get; init; }

    /// <summary>Input format of dates and times, .NET custom format, for example <c>dd/MM/yyyy HH:mm</c>; null means ISO 8601.</summary>
    public string? Format { get; init; }

    /// <summary>IANA zone of input timestamps without offset, and of the display; null means the dataset's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Input number format: <c>vi</c> (1.234.567,89), <c>en</c> (1,234,567.89) or null (plain 1234567.89).</summary>
    public string? NumberFormat { get; init; }

    /// <summary>True when empty text stays empty text instead of becoming null.</summary>
    public bool KeepEmpty { get; init; }

    /// <summary>True when the column is personal: dropped at the door, never stored, never published.</summary>
    public bool Personal { get; init; }

    /// <summary>True when the folded search column holds this column. Default: <c>text</c> without <c>one_of</c>.</summary>
    public bool Search { get; init; }

    /// <summary>What stands between the values of a list in a text cell, one character; null means that the cell holds a JSON array.</summary>
    public string? Separator { get; init; }

    /// <summary>Text values that mean null in the source, for example <c>-</c>.</summary>
    public IReadOnlyList<string> NullTexts { get; init; } = [];

    /// <summary>How a timestamp is coarsened before it is stored: <c>day</c> keeps midnight of the contract's zone; null keeps it.</summary>
    public string? Truncate { get; init; }

    /// <summary>Name of the companion column with the reason of an empty cell.</summary>
    public string? NullReason { get; init; }

    /// <summary>The name in the source.</summary>
    public string SourceName => From ?? Name;

    /// <summary>The column as the values of its lists are: what it says of values is said of each of them. The column itself when it is no list.</summary>
    public ColumnContract ToScalar() => Type.Item is { } item ? this with { Type = item, Required = true, Separator = null } : this;
}
