using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Rounds;

/// <summary>A round with all that was entered, as it stood at some moment.</summary>
/// <param name="Round">The round.</param>
/// <param name="Units">Its units, in the order of their file.</param>
/// <param name="Entries">Entries in the order in which they were made.</param>
/// <param name="Evidence">Evidence of its units.</param>
public sealed record RoundContent(Round Round, IReadOnlyList<RoundUnit> Units, IReadOnlyList<RoundEntry> Entries, IReadOnlyList<RoundEvidence> Evidence)
{
    /// <summary>Shares of the round before, by unit and component; empty when there was none.</summary>
    public IReadOnlyDictionary<(string Unit, string Component), decimal> PreviousShares { get; init; } = new Dictionary<(string, string), decimal>();

    /// <summary>Final scores of the round before; empty when there was none or it had another framework, whose shares mean something else.</summary>
    public IReadOnlyList<UnitScore> Before { get; init; } = [];
}
