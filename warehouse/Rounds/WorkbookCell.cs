namespace OpenData.Warehouse.Rounds;

/// <summary>A cell as the workbook holds it.</summary>
/// <param name="Value">Text, number, truth, date or length of time; null when it is empty.</param>
/// <param name="Format">Its number format; null for none.</param>
public sealed record WorkbookCell(object? Value, string? Format)
{
    /// <summary>An empty cell.</summary>
    public static WorkbookCell Empty { get; } = new(null, null);

    /// <summary>True when it shows an error, or a formula whose result was never worked out.</summary>
    public bool IsFault { get; init; }
}
