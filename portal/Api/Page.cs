namespace OpenData.Portal.Api;

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed record Page<T>
{
    /// <summary>The entries of this part.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Entries of the whole list.</summary>
    /// <example>17</example>
    public required int Total { get; init; }

    /// <summary>Most entries in one part.</summary>
    /// <example>50</example>
    public required int Limit { get; init; }

    /// <summary>Entries passed over.</summary>
    /// <example>0</example>
    public required int Offset { get; init; }

    /// <summary>Absolute address of the next part; null at the end.</summary>
    public required string? Next { get; init; }
}
