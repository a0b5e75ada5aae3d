using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Rounds;

/// <summary>An answer as it counted in one result.</summary>
/// <param name="Unit">Code of the unit.</param>
/// <param name="Answer">The answer that was scored.</param>
/// <param name="Entry">The entry of a person that it comes from; null when it is wholly automatic, or carried over from the round before.</param>
/// <param name="Automatic">The automatic entry that filled inputs; null when none did.</param>
public sealed record CountedAnswer(string Unit, ComponentAnswer Answer, RoundEntry? Entry, RoundEntry? Automatic);
