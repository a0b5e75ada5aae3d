using OpenData.Catalogs;

namespace OpenData.Portal.Api;

/// <summary>A column of a dataset.</summary>
public sealed record ColumnDetail
{
    /// <summary>Name in every format and interface.</summary>
    /// <example>commune</example>
    public required string Name { get; init; }

    /// <summary>Logical type.</summary>
    /// <example>code</example>
    public required string Type { get; init; }

    /// <summary>Title.</summary>
    public required LocalText Title { get; init; }

    /// <summary>Longer explanation.</summary>
    public LocalText? Description { get; init; }

    /// <summary>True when every row has a value.</summary>
    /// <example>true</example>
    public required bool Required { get; init; }

    /// <summary>True when it belongs to the key.</summary>
    /// <example>false</example>
    public required bool Key { get; init; }

    /// <summary>Unit of measure.</summary>
    /// <example>VND</example>
    public string? Unit { get; init; }

    /// <summary>The values allowed.</summary>
    public IReadOnlyList<string>? OneOf { get; init; }

    /// <summary>Facts about the current version.</summary>
    public ColumnFacts? Facts { get; init; }
}
