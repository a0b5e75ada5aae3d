using OpenData.Warehouse.Rounds;

namespace OpenData.Portal.Assessments;

/// <summary>A unit in the list of a round.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Task">What the person can do with it.</param>
/// <param name="Appeals">Components against whose verified answer it objected.</param>
public sealed record UnitView(RoundUnit Unit, UnitTask Task, int Appeals);
