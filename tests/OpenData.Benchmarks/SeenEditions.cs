using System.Collections.Concurrent;

namespace OpenData.Benchmarks;

/// <summary>The editions that readers have seen, all readers together.</summary>
internal sealed class SeenEditions
{
    private readonly ConcurrentDictionary<int, bool> _seen = new();

    public int Count => _seen.Count;

    public void Add(int edition) => _seen.TryAdd(edition, true);
}
