using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Rounds;

/// <summary>What was published of the round before.</summary>
/// <param name="FactsHash">Hash of its framework; null when there was no such round.</param>
/// <param name="Scores">Its final scores.</param>
internal sealed record RoundBefore(string? FactsHash, IReadOnlyList<UnitScore> Scores)
{
    /// <summary>Shares by unit and component.</summary>
    public IReadOnlyDictionary<(string Unit, string Component), decimal> Shares { get; }
        = Scores.SelectMany(u => u.Components.Select(c => (Key: (u.Unit, c.Component), c.Share))).ToDictionary(c => c.Key, c => c.Share);
}
