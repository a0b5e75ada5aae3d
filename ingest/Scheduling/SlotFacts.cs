namespace OpenData.Ingest.Scheduling;

/// <summary>What is known when slots are decided.</summary>
/// <param name="Now">The time.</param>
/// <param name="SkipsMissed">True for <c>misfire: skip</c>.</param>
/// <param name="PausedSince">Since when the schedule is paused; null when it is not.</param>
/// <param name="BusySince">Since when a run is at work on the dataset; null when none is.</param>
/// <param name="Ran">Slots after the account's end that have run already: the time of the machine was set back.</param>
internal sealed record SlotFacts(
    DateTimeOffset Now, bool SkipsMissed, DateTimeOffset? PausedSince, DateTimeOffset? BusySince, IReadOnlyList<DateTimeOffset> Ran);
