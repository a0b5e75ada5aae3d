namespace OpenData.Ingest.Sources;

/// <summary>Keys of the pages read so far, to notice one that comes on another page again: then others may have been passed over.</summary>
/// <param name="keysMax">Keys remembered; beyond, those of the oldest pages are forgotten.</param>
internal sealed class PageKeys(int keysMax)
{
    private readonly HashSet<ulong> _seen = [];
    private readonly Queue<IReadOnlyList<ulong>> _pages = new();

    /// <summary>Takes the keys of a page; true when one of them stood on an earlier page. A key twice on one page is the source's own matter.</summary>
    internal bool Repeats(IReadOnlyList<ulong> page)
    {
        if (page.Any(_seen.Contains))
        {
            return true;
        }

        _seen.UnionWith(page);
        _pages.Enqueue(page);
        while (_seen.Count > keysMax && _pages.Count > 1)
        {
            _seen.ExceptWith(_pages.Dequeue());
        }

        return false;
    }
}
