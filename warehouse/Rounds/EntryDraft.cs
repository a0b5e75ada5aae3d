using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Rounds;

/// <summary>An answer that somebody enters.</summary>
/// <param name="Unit">Code of the unit.</param>
/// <param name="Kind">Whose answer it is.</param>
/// <param name="Answer">The answer, with the component's code.</param>
/// <param name="Seen">Sequence of the newest entry of this unit and component that the person saw, of whatever kind; 0 for none.</param>
public sealed record EntryDraft(string Unit, EntryKind Kind, ComponentAnswer Answer, long Seen)
{
    /// <summary>What the unit says to its answer.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>Why the answer differs from the one before it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Ids of evidence of the round.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>How an automatic answer was computed.</summary>
    public IReadOnlyList<AutomaticQuery> Queries { get; init; } = [];
}
