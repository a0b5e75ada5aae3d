using OpenData.Catalogs;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Quarantine;

/// <summary>Pure: whether the bytes of an earlier run may be read again without bringing back what was replaced or removed since.</summary>
public static class ReplayRule
{
    /// <summary>True when they may.</summary>
    /// <param name="contract">The contract of today.</param>
    /// <param name="current">The current version; null when there is none.</param>
    /// <param name="areLatest">True when the source has not given other bytes since.</param>
    /// <param name="since">Manifests of the versions that later runs published.</param>
    public static bool IsSafe(DatasetContract contract, Snapshot? current, bool areLatest, IEnumerable<SnapshotManifest> since)
    {
        if (current is null)
        {
            return true;
        }

        // What is joined with the rows of before must fit them: under another key they would all go.
        if (contract.Load != LoadMode.Replace && !Structure.SameKey(current.Contract, contract))
        {
            return false;
        }

        // A published key is never touched by append. A merge tells older from newer by the change time, but a row that was removed has none.
        return areLatest || contract.Load switch
        {
            LoadMode.Append => true,
            LoadMode.Merge => contract.ChangeTime is { } time
                && current.Contract.Column(time)?.Type == contract.Column(time)?.Type
                && since.All(m => m.Counts.RowsRemoved == 0),
            _ => false,
        };
    }
}
