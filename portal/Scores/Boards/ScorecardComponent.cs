using OpenData.Catalogs;
using OpenData.Warehouse.Scoring.Explanation;

namespace OpenData.Portal.Scores.Boards;

/// <summary>A component on a scorecard.</summary>
/// <param name="Component">What is published of it.</param>
/// <param name="Formula">Its formula with the numbers filled in; null when the published inputs do not tell it.</param>
/// <param name="Gap">What could still be gained; null where nothing counts.</param>
public sealed record ScorecardComponent(BoardComponent Component, LocalText? Formula, ComponentGap? Gap);
