namespace OpenData.Portal.Serving;

/// <summary>Things kept by key, bounded in bytes; the least recently used goes first. Safe for many threads.</summary>
/// <param name="bytesMax">Bytes of all things together.</param>
/// <param name="bytesOf">Bytes of one thing.</param>
internal sealed class RecentlyUsed<T>(long bytesMax, Func<T, long> bytesOf)
{
    // Key and bookkeeping of an entry, roughly: very many tiny things must not grow without bound either.
    private const int EntryBytes = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, T Thing)>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, T Thing)> _recent = [];
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

    /// <summary>The thing of that key; false when it is not kept.</summary>
    public bool TryFind(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T thing)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var node))
            {
                thing = default;
                return false;
            }

            _recent.Remove(node);
            _recent.AddFirst(node);
            thing = node.Value.Thing;
            return true;
        }
    }

    /// <summary>Keeps a thing, in the place of one of the same key, unless it is larger than all the room there is.</summary>
    public void Keep(string key, T thing)
    {
        lock (_gate)
        {
            var bytes = BytesOf(key, thing);
            if (bytes > bytesMax)
            {
                return;
            }

            if (_byKey.Remove(key, out var before))
            {
                _recent.Remove(before);
                _bytes -= BytesOf(key, before.Value.Thing);
            }

            _byKey.Add(key, _recent.AddFirst((key, thing)));
            _bytes += bytes;
            while (_bytes > bytesMax)
            {
                var oldest = _recent.Last!.Value; // There is one: the bytes are somebody's.
                _recent.RemoveLast();
                _byKey.Remove(oldest.Key);
                _bytes -= BytesOf(oldest.Key, oldest.Thing);
            }
        }
    }

    private long BytesOf(string key, T thing) => bytesOf(thing) + (key.Length * sizeof(char)) + EntryBytes;
}
