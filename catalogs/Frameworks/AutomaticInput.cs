namespace OpenData.Catalogs.Frameworks;

/// <summary>An input that is a query over a published dataset instead of a person's answer.</summary>
/// <param name="Role">The formula's input that it fills.</param>
/// <param name="Dataset">Dataset of the catalogue.</param>
/// <param name="UnitColumn">Its column with the code of the assessed unit.</param>
/// <param name="Measure">What is computed of the unit's rows.</param>
public sealed record AutomaticInput(string Role, string Dataset, string UnitColumn, Measure Measure)
{
    /// <summary>Column that is summed or averaged; null when rows are counted.</summary>
    public string? Column { get; init; }

    /// <summary>Date or timestamp column by which rows belong to the round's period; null takes all rows.</summary>
    public string? PeriodColumn { get; init; }

    /// <summary>Conditions that a row meets all of; empty takes all rows.</summary>
    public IReadOnlyList<AutomaticFilter> Filter { get; init; } = [];
}
