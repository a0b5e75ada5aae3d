using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Scheduling;

/// <summary>What becomes of the slots that have come.</summary>
/// <param name="Skipped">Those that pass without a run, in stretches of one cause.</param>
/// <param name="AccountedTo">Up to where the skipped ones account for the clock.</param>
/// <param name="Run">The one that runs; null when none does. It is accounted for by the start of its run.</param>
internal sealed record SlotVerdict(IReadOnlyList<SlotSkip> Skipped, DateTimeOffset AccountedTo, DateTimeOffset? Run);
