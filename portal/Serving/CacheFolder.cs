using System.Security.Cryptography;
using System.Text;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Portal.Serving;

/// <summary>
/// The cache's files on disk. A file is named <c>&lt;aa&gt;/&lt;hash of its key&gt;.&lt;hash of its bytes&gt;</c> and whole from its first moment
/// under that name; its time of last write is the time of last use. The folder is looked at anew each time, so several portals may share
/// one and anything in it may be deleted at any time.
/// </summary>
/// <param name="folder">The folder; made when it is needed.</param>
/// <param name="bytesMax">Bytes of all files, those being written by this process included.</param>
/// <param name="clock">For times of use.</param>
internal sealed class CacheFolder(string folder, long bytesMax, TimeProvider clock)
{
    private const string PartEnding = ".part";
    private const int KeyHashLetters = 32;
    private const int CreationsMax = 3;

    /// <summary>
    /// A part that nobody has written to for so long is rubbish of a dead process. By its age alone: to ask whether somebody holds it open is to
    /// lock it, and a part that gets its name in that moment could not be opened by those who wait for it.
    /// </summary>
    private static readonly TimeSpan PartAge = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private long _granted;

    /// <summary>Bytes that one file may have: half of the folder, so that no single answer drives all others out.</summary>
    public long FileBytesMax => bytesMax / 2;

    /// <summary>Room is best asked for in pieces of this size, since each asking looks at the whole folder: at most 4 MiB, 1/64 of the folder.</summary>
    public long PieceBytes => Math.Min(4 << 20, bytesMax / 64);

    /// <summary>The name under which a key's file lies.</summary>
    public static string NameOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..KeyHashLetters];

    /// <summary>Opens the file of that name and remembers the use; null when there is none.</summary>
    public CachedFile? Open(string name)
    {
        foreach (var path in Matches(name))
        {
            try
            {
                var stream = new FileStream(path, new FileStreamOptions
                {
                    Access = FileAccess.Read,
                    Share = FileShare.ReadWrite | FileShare.Delete,
                    BufferSize = 0,
                    Options = FileOptions.Asynchronous,
                });
                Touch(stream);
                return new CachedFile(stream, Path.GetExtension(path)[1..]);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // Evicted or deleted since it was listed: as if it had never been there.
            }
        }

        return null;
    }

    /// <summary>Creates a file to write into; nobody sees it before <see cref="TryKeep"/>.</summary>
    /// <exception cref="OpenDataException">OD9041: the folder cannot be written.</exception>
    public FileStream CreatePart()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(folder);
                RemoveDeadParts();
                return new FileStream(Path.Combine(folder, Path.GetRandomFileName() + PartEnding), new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    Share = FileShare.ReadWrite | FileShare.Delete,
                    BufferSize = 0,
                });
            }
            catch (IOException) when (attempt < CreationsMax)
            {
                // Somebody emptied the folder.
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                throw CacheErrors.Failed(failed);
            }
        }
    }

    /// <summary>Gives a written part its name. False when somebody deleted it meanwhile.</summary>
    /// <exception cref="OpenDataException">OD9041: the folder cannot be written.</exception>
    public bool TryKeep(FileStream part, string name, string sha256)
    {
        try
        {
            // Before the rename: a name must never stand for bytes that a power cut could take away.
            Durable.FlushFile(part.SafeFileHandle);
            Touch(part);
            var group = Directory.CreateDirectory(Path.Combine(folder, name[..2])).FullName;
            Directory.CreateDirectory(folder);
            File.Move(part.Name, Path.Combine(group, $"{name}.{sha256}"), overwrite: true);
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw CacheErrors.Failed(failed);
        }
    }

    /// <summary>
    /// Sets bytes aside for a part; the least recently used files make room. Give them back by <see cref="Return"/> when the part is done
    /// with. Nothing is deleted when there is not room enough anyway.
    /// </summary>
    /// <param name="needed">Bytes about to be written.</param>
    /// <param name="wished">Bytes to set aside if there is room for as many; at least <paramref name="needed"/>.</param>
    /// <param name="isWaitedFor">True for names whose files must stay: somebody is about to open them.</param>
    /// <returns>Bytes set aside.</returns>
    /// <exception cref="OpenDataException">OD9040: the files that must stay leave no room.</exception>
    public long Grant(long needed, long wished, Predicate<string> isWaitedFor)
    {
        lock (_gate)
        {
            var files = Files();
            var taken = files.Sum(f => f.Bytes) + _granted;
            var mayGo = files.Where(f => !isWaitedFor(f.Name)).OrderBy(f => f.UsedAt).ToList();
            var room = bytesMax - taken + mayGo.Sum(f => f.Bytes);
            if (needed > room)
            {
                throw CacheErrors.TooLarge();
            }

            var bytes = Math.Min(wished, room);
            foreach (var file in mayGo)
            {
                if (taken + bytes <= bytesMax)
                {
                    break;
                }

                taken -= TryDelete(file.Path) ? file.Bytes : 0;
            }

            if (taken + bytes > bytesMax)
            {
                throw CacheErrors.TooLarge();
            }

            _granted += bytes;
            return bytes;
        }
    }

    /// <summary>Gives back what <see cref="Grant"/> set aside.</summary>
    public void Return(long bytes)
    {
        lock (_gate)
        {
            _granted -= bytes;
        }
    }

    /// <summary>Removes a part that will not be kept.</summary>
    public static void Discard(FileStream part)
    {
        part.Dispose();
        TryDelete(part.Name);
    }

    private static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return held is DirectoryNotFoundException;
        }
    }

    private void Touch(FileStream stream)
    {
        try
        {
            File.SetLastWriteTimeUtc(stream.SafeFileHandle, clock.GetUtcNow().UtcDateTime);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // A file of another user keeps the time it was made at: it goes sooner, nothing else.
        }
    }

    private string[] Matches(string name)
    {
        try
        {
            return Directory.GetFiles(Path.Combine(folder, name[..2]), name + ".*");
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private List<StoredFile> Files()
    {
        var files = new List<StoredFile>();
        var root = new DirectoryInfo(folder);
        if (!root.Exists)
        {
            return files;
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 };
        foreach (var file in root.EnumerateFiles("*", options).Where(f => f.Extension != PartEnding))
        {
            try
            {
                files.Add(new StoredFile(file.FullName, Path.GetFileNameWithoutExtension(file.Name), file.Length, file.LastWriteTimeUtc));
            }
            catch (FileNotFoundException)
            {
                // Deleted since it was listed.
            }
        }

        return files;
    }

    private void RemoveDeadParts()
    {
        var old = clock.GetUtcNow().UtcDateTime - PartAge;
        foreach (var part in Directory.EnumerateFiles(folder, "*" + PartEnding).Where(p => File.GetLastWriteTimeUtc(p) < old))
        {
            TryDelete(part);
        }
    }

    private sealed record StoredFile(string Path, string Name, long Bytes, DateTime UsedAt);
}
