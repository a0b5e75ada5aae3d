using OpenData.Catalogs;
using OpenData.Warehouse.Ledger;

namespace OpenData.Portal.Admin;

/// <summary>A proposed change of a contract, as the page shows it.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Diff">What it would change, as a unified diff; null when it would change nothing or cannot be made by a command.</param>
/// <param name="Obstacle">Why there is no diff; null when there is one.</param>
public sealed record ProposalView(Proposal Proposal, string? Diff, LocalText? Obstacle);
