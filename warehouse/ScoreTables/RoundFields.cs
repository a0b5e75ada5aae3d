using OpenData.Warehouse.Rounds;

namespace OpenData.Warehouse.ScoreTables;

/// <summary>What every table says of the round and of the unit.</summary>
internal static class RoundFields
{
    internal static IEnumerable<(string Name, string? Text)> Of(PublishedRound round) =>
    [
        ("round", round.Round.Id),
        ("revision", ScoreRow.Number(round.Revision.Number)),
        ("framework", round.Framework.Id),
        ("framework_version", ScoreRow.Number(round.Framework.Version)),
        ("synthetic", ScoreRow.Flag(round.Round.IsSynthetic)),
    ];

    internal static IEnumerable<(string Name, string? Text)> Of(RoundUnit unit) => [("unit", unit.Code), ("unit_name", unit.Name), ("league", unit.League)];
}
