namespace OpenData.Warehouse.Rounds;

/// <summary>What came of a round: three results, never one.</summary>
/// <param name="Self">By the units' own answers.</param>
/// <param name="Verified">By verified answers; an answer that nobody verified counts as missing.</param>
/// <param name="Final">By what the council set where it did, by verified answers elsewhere. This is the official one.</param>
public sealed record RoundResult(RoundScores Self, RoundScores Verified, RoundScores Final);
