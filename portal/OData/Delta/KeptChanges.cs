using OpenData.Portal.Serving;
using OpenData.Warehouse.Changes;

namespace OpenData.Portal.OData.Delta;

/// <summary>
/// Lists of changed rows, kept between the pages of a delta, 4 bytes a change. Versions never change, so a list that was thrown away comes
/// back the same when the next page asks for it.
/// </summary>
/// <param name="bytesMax">Bytes of all lists together.</param>
internal sealed class KeptChanges(long bytesMax)
{
    private readonly RecentlyUsed<ChangedRows> _kept = new(bytesMax, changes => changes.Count * sizeof(int));

    /// <summary>The list of that key, or null.</summary>
    public ChangedRows? Find(string key) => _kept.TryFind(key, out var changes) ? changes : null;

    /// <summary>Keeps a list while there is room for it.</summary>
    public void Keep(string key, ChangedRows changes) => _kept.Keep(key, changes);
}
