using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Backup;

/// <summary>
/// The folder <c>state/</c> as it goes into a backup and out of it. The lines of the audit log are copied before the database that has them too:
/// those that come in between are added to the file again when it is restored.
/// </summary>
internal sealed class StateFiles(LedgerOptions options, IStateCopy copy)
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private string Folder => Path.GetDirectoryName(options.SqliteFile)!;

    /// <summary>Saves it.</summary>
    /// <param name="target">A new folder.</param>
    /// <param name="token">Ends the work.</param>
    internal async Task<SavedState> SaveAsync(string target, CancellationToken token)
    {
        MakeOwn(target);
        foreach (var file in Plain(Folder))
        {
            CopyPlain(file, Path.Combine(target, Path.GetRelativePath(Folder, file)));
        }

        foreach (var file in Databases())
        {
            await SqliteState.CopyAsync(file, Path.Combine(target, Path.GetFileName(file)), options.BusyTimeout, token);
        }

        var saved = await copy.SaveAsync(target, token);
        Durable.FlushFolder(target);
        Durable.FlushFolder(Path.GetDirectoryName(target)!);
        return saved;
    }

    /// <summary>Puts it back.</summary>
    /// <param name="source">What <see cref="SaveAsync"/> wrote.</param>
    /// <param name="schema">Version of the tables at that time.</param>
    /// <param name="isLoaded">True when a restore that was broken off has loaded the database already.</param>
    /// <param name="token">Ends the work.</param>
    internal async Task LoadAsync(string source, int schema, bool isLoaded, CancellationToken token)
    {
        PrivateFolder.Make(Folder);
        foreach (var file in Plain(source).Concat(Directory.EnumerateFiles(source, "quartz.db")))
        {
            CopyPlain(file, Path.Combine(Folder, Path.GetRelativePath(source, file)));
        }

        if (!isLoaded)
        {
            await copy.LoadAsync(source, schema, token);
        }

        Durable.FlushFolder(Folder);
    }

    // Databases, their logs, the lines of tables, and what was half written: not by plain copy.
    private static IEnumerable<string> Plain(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".log" or ".xml" && !Path.GetFileName(f).StartsWith('.'))
            .Order(StringComparer.Ordinal)
        : [];

    private IEnumerable<string> Databases() => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "*.db").Where(f => f != options.SqliteFile)
        : [];

    private static void CopyPlain(string source, string target)
    {
        MakeOwn(Path.GetDirectoryName(target)!);

        // Read beside its writer: no lock is taken. A torn last line of the audit log is mended when it is written to next.
        File.Delete(target);
        PrivateFolder.MakeFile(target);
        using (var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        using (var to = new FileStream(target, FileMode.Truncate, FileAccess.Write, FileShare.None))
        {
            from.CopyTo(to);
            to.Flush();
            Durable.FlushFile(to.SafeFileHandle);
        }
    }

    private static void MakeOwn(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFolder);
        }
    }
}
