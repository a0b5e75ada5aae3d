using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Rounds;

/// <summary>Where an action leads, or why not.</summary>
/// <param name="To">The stage after it; null when it is refused.</param>
/// <param name="Refused">The code; null when it is allowed.</param>
public sealed record StageDecision(UnitStage? To, ErrorCode? Refused);
