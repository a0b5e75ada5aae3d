using OpenData.Portal.Serving;

namespace OpenData.Portal.OData;

/// <summary>
/// Orders of callers' choice, kept between pages: per version and query the <c>_rid</c> of all rows in that order, 4 bytes a row.
/// A version never changes and ties are broken by <c>_rid</c>, so an order that was thrown away comes back the same when the next page
/// asks for it.
/// </summary>
/// <param name="bytesMax">Bytes of all orders together.</param>
internal sealed class OrderedRows(long bytesMax)
{
    private readonly RecentlyUsed<int[]> _kept = new(bytesMax, rids => (long)rids.Length * sizeof(int));

    /// <summary>Bytes held now.</summary>
    public long Bytes => _kept.Bytes;

    /// <summary>The order of that key, or null.</summary>
    public int[]? Find(string key) => _kept.TryFind(key, out var rids) ? rids : null;

    /// <summary>Keeps an order while there is room for it.</summary>
    public void Keep(string key, int[] rids) => _kept.Keep(key, rids);
}
