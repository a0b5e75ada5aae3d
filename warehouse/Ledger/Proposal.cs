using OpenData.Warehouse.Staging;

namespace OpenData.Warehouse.Ledger;

/// <summary>A proposed change of a contract, and what became of it.</summary>
/// <param name="Id">12 hex digits, the same whenever the same change of the same dataset is found.</param>
/// <param name="Dataset">Dataset id.</param>
/// <param name="RunId">Run that found it first.</param>
/// <param name="FoundAt">When.</param>
/// <param name="Change">What the contract would say.</param>
/// <param name="Status"><c>open</c>, <c>accepted</c>, <c>declined</c> or <c>obsolete</c> (the contract says something else by now).</param>
/// <param name="DecidedBy">Who decided; null while it is open. Never shown in public.</param>
/// <param name="DecidedAt">When; null while it is open.</param>
/// <param name="Reason">Why; null when nobody said.</param>
public sealed record Proposal(
    string Id, string Dataset, string RunId, DateTimeOffset FoundAt, ProposedChange Change, string Status, string? DecidedBy, DateTimeOffset? DecidedAt, string? Reason);
