namespace OpenData.Warehouse.Rounds;

/// <summary>A step of the work on a unit.</summary>
/// <param name="Round">The round.</param>
/// <param name="Sequence">Number within the round.</param>
/// <param name="Unit">Code of the unit.</param>
/// <param name="From">Stage before.</param>
/// <param name="To">Stage after.</param>
/// <param name="Action">What was done.</param>
/// <param name="Actor">Who.</param>
/// <param name="Role">In which role.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why; empty where none is asked for.</param>
public sealed record StageChange(
    string Round, long Sequence, string Unit, UnitStage From, UnitStage To, RoundAction Action, string Actor, RoundRole Role, DateTimeOffset At, string Reason);
