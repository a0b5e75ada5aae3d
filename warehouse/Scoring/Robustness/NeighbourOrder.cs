namespace OpenData.Warehouse.Scoring.Robustness;

/// <summary>
/// How firmly two neighbours of the official order stand. Intervals of places overlap easily, because a draw moves both units together; what counts is in
/// how many draws the better one is not ahead any more.
/// </summary>
/// <param name="Better">Code of the unit that is ahead, or has the same place and the lesser code.</param>
/// <param name="Worse">Code of the unit behind it.</param>
/// <param name="TurnedShare">Share of the draws in which the better one is not ahead.</param>
/// <param name="IsTooCloseToCall">True when that share is above the plan's, or both have the same place.</param>
public sealed record NeighbourOrder(string Better, string Worse, decimal TurnedShare, bool IsTooCloseToCall);
