namespace OpenData.Warehouse.Backup;

/// <summary>What the saved state knows; files that appear later are not of its moment.</summary>
/// <param name="Schema">Version of its tables.</param>
/// <param name="Runs">Ids of its runs.</param>
/// <param name="Landings">Hashes of the source bytes that it says are there.</param>
internal sealed record SavedState(int Schema, IReadOnlySet<string> Runs, IReadOnlySet<string> Landings);
