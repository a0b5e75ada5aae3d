namespace OpenData.Portal.Serving;

/// <summary>
/// A folder of this process for what does not fit into memory: sorts of the bulk engine, Parquet on its way out. Empty at the start, gone at
/// the end; what dead processes left is removed at the next start.
/// </summary>
internal sealed class SpillFolder : IDisposable
{
    private const string LockName = "lock";

    private readonly FileStream _lock;

    /// <summary>Makes the folder.</summary>
    /// <param name="parent">Folder that holds one such folder per process.</param>
    public SpillFolder(string parent)
    {
        Directory.CreateDirectory(parent);
        RemoveDead(parent);
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, System.IO.Path.GetRandomFileName())).FullName;
        _lock = new FileStream(System.IO.Path.Combine(Path, LockName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        Remove(Path);
    }

    private static void RemoveDead(string parent)
    {
        foreach (var folder in Directory.GetDirectories(parent))
        {
            try
            {
                // Whoever lives holds its lock, and then nobody gets it.
                using var alone = new FileStream(System.IO.Path.Combine(folder, LockName), FileMode.Open, FileAccess.Write, FileShare.None);
            }
            catch (Exception held) when (held is IOException or UnauthorizedAccessException)
            {
                // Held; or without a lock yet, or for ever when its maker died in between: then it is empty.
                continue;
            }

            Remove(folder);
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // Somebody else removes it, or the next start does.
        }
    }
}
