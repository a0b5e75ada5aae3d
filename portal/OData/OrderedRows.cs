namespace OpenData.Portal.OData;

/// <summary>
/// Orders of callers' choice, kept between pages: per version and query the <c>_rid</c> of all rows in that order, 4 bytes a row.
/// Bounded in bytes; the least recently used goes first. A version never changes and ties are broken by <c>_rid</c>, so an order that
/// was thrown away comes back the same when the next page asks for it.
/// </summary>
internal sealed class OrderedRows(long bytesMax)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, int[] Rids)>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, int[] Rids)> _recent = [];
    private long _bytes;

    /// <summary>Bytes held now.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>The order of that key, or null.</summary>
    public int[]? Find(string key)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var node))
            {
                return null;
            }

            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Rids;
        }
    }

    /// <summary>Keeps an order while there is room for it.</summary>
    public void Keep(string key, int[] rids)
    {
        lock (_gate)
        {
            if (_byKey.ContainsKey(key) || BytesOf(rids) > bytesMax)
            {
                return;
            }

            _byKey.Add(key, _recent.AddFirst((key, rids)));
            _bytes += BytesOf(rids);
            while (_bytes > bytesMax)
            {
                var oldest = _recent.Last!.Value;
                _recent.RemoveLast();
                _byKey.Remove(oldest.Key);
                _bytes -= BytesOf(oldest.Rids);
            }
        }
    }

    private static long BytesOf(int[] rids) => (long)rids.Length * sizeof(int);
}
