using OpenData.Catalogs.Errors;

namespace OpenData.Portal.Serving;

/// <summary>
/// Files that are made when somebody first asks for them: change lists, late formats. Bounded in bytes, the least recently used go first.
/// Concurrent callers of one key share one build. Everything in the folder may be deleted at any time, while the portal runs too.
/// </summary>
/// <param name="folder">The folder; made when it is needed.</param>
/// <param name="bytesMax">Bytes of all files; one file may have half of them.</param>
/// <param name="clock">For times of use.</param>
internal sealed class FileCache(string folder, long bytesMax, TimeProvider clock)
{
    // Somebody empties the folder again and again while we build: then it is not usable.
    private const int BuildsMax = 3;

    private readonly CacheFolder _folder = new(folder, bytesMax, clock);
    private readonly SharedWork<bool> _builds = new();

    /// <summary>The file of the key when it is there; else null. Dispose it after reading.</summary>
    public CachedFile? Find(string key) => _folder.Open(CacheFolder.NameOf(key));

    /// <summary>The file of the key, built by the caller's function unless it is there. Dispose it after reading.</summary>
    /// <param name="key">
    /// Everything that the bytes depend on: version names, format, options, and the version of the code that writes them.
    /// </param>
    /// <param name="build">
    /// Writes the bytes in order and ends, or throws: then nothing is kept and every caller gets the exception. It serves all callers of
    /// the key, so it must not lean on one request; its token ends when the last of them has left.
    /// </param>
    /// <param name="token">Ends the wait of this caller.</param>
    /// <exception cref="OpenDataException">OD9040: larger than the cache takes; OD9041: the folder cannot be written; what the build throws.</exception>
    public async Task<CachedFile> GetAsync(string key, Func<Stream, CancellationToken, Task> build, CancellationToken token)
    {
        var name = CacheFolder.NameOf(key);
        for (var builds = 0; builds <= BuildsMax; builds++)
        {
            if (_folder.Open(name) is { } found)
            {
                return found;
            }

            // Opened while still waiting: a file that somebody waits for does not make room for others.
            if (await _builds.JoinAsync(name, stop => RunAsync(name, build, stop), _ => _folder.Open(name), token) is { } made)
            {
                return made;
            }
        }

        throw CacheErrors.Failed(new FileNotFoundException("The file was deleted each time before it could be opened."));
    }

    private async Task<bool> RunAsync(string name, Func<Stream, CancellationToken, Task> build, CancellationToken token)
    {
        var part = _folder.CreatePart();
        var kept = false;
        try
        {
            await using var writer = new CacheWriter(_folder, part, _builds.IsWaitedFor);
            await build(writer, token);
            token.ThrowIfCancellationRequested();
            kept = _folder.TryKeep(part, name, writer.Sha256());
            return kept;
        }
        finally
        {
            if (kept)
            {
                await part.DisposeAsync();
            }
            else
            {
                CacheFolder.Discard(part);
            }
        }
    }
}
