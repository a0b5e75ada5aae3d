using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Backup;

/// <summary>The folder of a backup: ours alone, one writer at a time, with the list of what is in it.</summary>
internal sealed class BackupFolder : IDisposable
{
    private const string LockName = "backup.lock";
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Files below any other name are not ours and are never touched.
    private static readonly string[] Rooms = ["published", "waiting", "landing", "quarantine", "evidence"];

    private readonly FileStream _lock;

    private BackupFolder(string path, FileStream mine)
    {
        Root = path;
        _lock = mine;
    }

    /// <summary>Absolute path.</summary>
    internal string Root { get; }

    /// <summary>Opens the folder for a backup; it is made when it is not there.</summary>
    /// <exception cref="OpenDataException">OD2332: it holds something else. OD2336: another backup is at work in it.</exception>
    internal static BackupFolder Open(string path)
    {
        var root = Path.GetFullPath(path);
        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any() && !File.Exists(Path.Combine(root, LockName)))
        {
            throw new OpenDataException(BackupErrors.NotEmpty, new LocalText(
                "Thư mục sao lưu đang chứa thứ khác; hãy chọn thư mục mới hoặc thư mục của lần sao lưu trước.",
                "The backup folder holds something else; take a new folder, or that of an earlier backup."));
        }

        FileCopy.MakeFolder(root);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(root, OwnerFolder);
        }

        PrivateFolder.MakeFile(Path.Combine(root, LockName));
        try
        {
            return new BackupFolder(root, new FileStream(Path.Combine(root, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken) when (File.Exists(Path.Combine(root, LockName)))
        {
            throw new OpenDataException(
                BackupErrors.Busy,
                new LocalText("Một lần sao lưu khác đang ghi vào thư mục này.", "Another backup writes to this folder."),
                inner: taken);
        }
    }

    /// <summary>The list of a finished backup; null when there is none.</summary>
    internal static BackupList? ListOf(string root)
        => File.Exists(Path.Combine(root, BackupList.FileName)) ? BackupList.Read(File.ReadAllBytes(Path.Combine(root, BackupList.FileName))) : null;

    /// <summary>Makes the backup the one of this list, in one step; until then the folder is the backup before.</summary>
    internal void Finish(BackupList list)
    {
        var (file, fresh) = (Path.Combine(Root, BackupList.FileName), Path.Combine(Root, BackupList.FileName + ".new"));
        PrivateFolder.MakeFile(fresh);
        using (var written = new FileStream(fresh, FileMode.Truncate, FileAccess.Write, FileShare.None))
        {
            written.Write(list.ToBytes());
        }

        Durable.FlushFile(fresh);
        Fault.Hit("backup.before-list");
        Durable.Rename(fresh, file);
        Fault.Hit("backup.before-prune");
        Prune(list);
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    // What the list does not name: versions and bytes whose time was over, the state of backups before, parts of one that was killed.
    private void Prune(BackupList list)
    {
        var named = list.Files.Select(f => Path.Combine(Root, f.Path)).ToHashSet(StringComparer.Ordinal);
        var states = Directory.EnumerateDirectories(Root, BackupWriter.StateStart + "*").ToList();
        foreach (var folder in states.Concat(Rooms.Select(r => Path.Combine(Root, r)).Where(Directory.Exists)))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => !named.Contains(f)))
            {
                File.Delete(file);
            }
        }

        foreach (var old in states.Where(s => Path.GetFileName(s) != list.StateFolder))
        {
            Directory.Delete(old, recursive: true);
        }
    }
}
