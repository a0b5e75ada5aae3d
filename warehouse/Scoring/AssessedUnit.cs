namespace OpenData.Warehouse.Scoring;

/// <summary>A unit with its answers.</summary>
/// <param name="Unit">Code of the unit.</param>
/// <param name="PeerGroup">Its league; null when the framework has none.</param>
/// <param name="Answers">Answers by code of the component; a component without one is missing.</param>
public sealed record AssessedUnit(string Unit, string? PeerGroup, IReadOnlyDictionary<string, ComponentAnswer> Answers)
{
    /// <summary>False for a unit that is assessed and shown but has no rank.</summary>
    public bool IsRanked { get; init; } = true;
}
