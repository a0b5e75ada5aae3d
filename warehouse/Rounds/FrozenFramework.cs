namespace OpenData.Warehouse.Rounds;

/// <summary>A version of a framework that a round has frozen.</summary>
/// <param name="Framework">Name of the framework.</param>
/// <param name="Version">Its version.</param>
/// <param name="FactsHash">SHA-256 of its facts.</param>
/// <param name="Round">A round that froze it.</param>
public sealed record FrozenFramework(string Framework, int Version, string FactsHash, string Round);
