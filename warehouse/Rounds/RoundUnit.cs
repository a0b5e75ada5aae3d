namespace OpenData.Warehouse.Rounds;

/// <summary>A unit of a round.</summary>
/// <param name="Code">Code, unique in the round.</param>
/// <param name="Name">Name in its own language.</param>
/// <param name="League">Code of its league; null when the framework has none.</param>
/// <param name="IsRanked">False for a unit that is assessed and shown but takes no place.</param>
/// <param name="Predecessors">
/// Units of the same round of which it was made: its values are the plain mean of theirs, and it gives no answers of its own. Usually empty.
/// </param>
public sealed record RoundUnit(string Code, string Name, string? League, bool IsRanked, IReadOnlyList<string> Predecessors)
{
    /// <summary>How far its work is.</summary>
    public UnitStage Stage { get; init; } = UnitStage.Draft;

    /// <summary>True when its values are the mean of its predecessors'.</summary>
    public bool IsMerged => Predecessors.Count > 0;
}
