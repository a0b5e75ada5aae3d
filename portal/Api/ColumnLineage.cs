namespace OpenData.Portal.Api;

/// <summary>Where one column comes from.</summary>
public sealed record ColumnLineage
{
    /// <summary>Name of the column.</summary>
    /// <example>cases</example>
    public required string Name { get; init; }

    /// <summary><c>source</c> (a field of the publisher's data), <c>derived</c> (columns of other datasets) or <c>computed</c> (a constant, or a count of rows).</summary>
    /// <example>derived</example>
    public required string Origin { get; init; }

    /// <summary>Name of the field in the source; null unless the origin is <c>source</c>.</summary>
    /// <example>maHoSo</example>
    public string? SourceField { get; init; }

    /// <summary>Columns of open datasets it is made of.</summary>
    public required IReadOnlyList<ColumnSource> Sources { get; init; }

    /// <summary>Columns that it is made of whose dataset is not public.</summary>
    /// <example>0</example>
    public required int HiddenSources { get; init; }
}
