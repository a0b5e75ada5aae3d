using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Rounds;

/// <summary>One answer as somebody entered it. Entries are only added; the latest of each kind counts.</summary>
/// <param name="Round">The round.</param>
/// <param name="Sequence">Number within the round, growing with every change of it.</param>
/// <param name="Unit">Code of the unit.</param>
/// <param name="Kind">Whose answer it is.</param>
/// <param name="Answer">The answer, with the component's code; a council may have set the share itself.</param>
/// <param name="Actor">Who entered it.</param>
/// <param name="Role">In which role.</param>
/// <param name="At">When.</param>
public sealed record RoundEntry(
    string Round, long Sequence, string Unit, EntryKind Kind, ComponentAnswer Answer, string Actor, RoundRole Role, DateTimeOffset At)
{
    /// <summary>Code of the component.</summary>
    public string Component => Answer.Component;

    /// <summary>What the unit says to its answer; empty when it says nothing.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>Why the answer differs from the one before it; empty when it does not.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Ids of the evidence.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>True when it came with a file of a whole round.</summary>
    public bool IsImported { get; init; }

    /// <summary>How an automatic answer was computed, by input; empty for the other kinds.</summary>
    public IReadOnlyList<AutomaticQuery> Queries { get; init; } = [];
}
