using System.Runtime.Versioning;

namespace OpenData.Warehouse.Engine;

/// <summary>
/// Folders that are for their owner alone: <c>state/</c>, where hashes of passwords and the keys of forms lie. A folder whose group may write was opened
/// by the operator for a portal under another user; then only everybody else is kept out. On Windows rights are inherited.
/// </summary>
public static class PrivateFolder
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.SetGroup;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly Lock Making = new();

    /// <summary>Makes the folder when it is not there, and takes away what others may do in it and with its files.</summary>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, Owner);
        var allowed = File.GetUnixFileMode(folder).HasFlag(UnixFileMode.GroupWrite) ? Owner | Group : Owner;
        Restrict(folder, allowed);
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            Restrict(file, allowed);
        }
    }

    /// <summary>
    /// Makes an empty file that only its owner may read; one that is there stays as it is, and is not even opened: on Unix a program that closes a file loses its
    /// locks on it, those of SQLite too, and the next program that closed the database would take the log away from under this one. SQLite gives its log files the
    /// rights of the file.
    /// </summary>
    public static void MakeFile(string path)
    {
        // Nobody of this program opens the database between the making of the file and its closing.
        lock (Making)
        {
            if (!File.Exists(path))
            {
                Make(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete });
            }
        }
    }

    /// <summary>Takes a file away from everybody but its owner.</summary>
    public static void MakePrivate(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerFile);
        }
    }

    private static void Make(string path, FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        try
        {
            new FileStream(path, options).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another program was faster.
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void Restrict(string path, UnixFileMode allowed)
    {
        try
        {
            var mode = File.GetUnixFileMode(path);
            if ((mode & ~allowed) != UnixFileMode.None)
            {
                File.SetUnixFileMode(path, mode & allowed);
            }
        }
        catch (Exception others) when (others is UnauthorizedAccessException or FileNotFoundException)
        {
            // Another user's file, whose processes look after it; or a log file that SQLite has just removed.
        }
    }
}
