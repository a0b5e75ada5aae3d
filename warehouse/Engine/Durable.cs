using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Engine;

/// <summary>
/// Makes bytes and names survive a power cut. .NET's own flushes hide a failed fsync (measured: EIO and ENOSPC return normally), so
/// fsync is called here and its answer is checked. After a failed fsync the state of the file is unknown: throw it away and write anew.
/// On Windows files are flushed by .NET and folders need no flush.
/// </summary>
public static partial class Durable
{
    private const string PartEnding = ".part";

    private const int OpenReadOnly = 0;
    private const int Interrupted = 4;
    private const int AlreadyExists = 17;
    private const int NotPermitted = 1;
    private const int NotSupportedLinux = 95;
    private const int NotSupportedMac = 45;

    private static int Parts;

    /// <summary>Waits until the file's bytes are on the disk.</summary>
    /// <exception cref="OpenDataException"><see cref="EngineErrors.NotDurable"/>.</exception>
    public static void FlushFile(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        Retry(() => Fsync(file), "fsync");
    }

    /// <summary>Waits until the bytes of a closed file, whoever wrote it, are on the disk.</summary>
    /// <exception cref="OpenDataException"><see cref="EngineErrors.NotDurable"/>.</exception>
    public static void FlushFile(string path)
    {
        // fsync needs no right to write, and published files are read-only; Windows wants it.
        var access = OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read;
        using var file = File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
        FlushFile(file);
    }

    /// <summary>Waits until the folder's names (files created, renamed, removed in it) are on the disk.</summary>
    /// <exception cref="OpenDataException"><see cref="EngineErrors.NotDurable"/>.</exception>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = OpenFolder(path);
        Retry(() => Fsync(folder), "fsync");
    }

    /// <summary>True for the name of a private part of that file, which <see cref="CreateExclusive"/> writes and nobody reads.</summary>
    public static bool IsPartOf(string fileName, string partName)
        => partName.StartsWith(PartStart(fileName), StringComparison.Ordinal) && partName.EndsWith(PartEnding, StringComparison.Ordinal);

    /// <summary>
    /// Creates a small file that is whole or absent, and never replaces one: written beside as <c>.name.*.part</c>, flushed, then
    /// linked to its name. A killed process can leave a <c>.part</c> file behind; nobody reads those.
    /// </summary>
    /// <returns>False when the name is taken; the file there is untouched.</returns>
    /// <exception cref="OpenDataException"><see cref="EngineErrors.NotDurable"/>: the file may or may not be there after a power cut.</exception>
    public static bool CreateExclusive(string path, ReadOnlySpan<byte> bytes)
    {
        var folder = FolderOf(path);
        var part = Path.Combine(folder, FormattableString.Invariant(
            $"{PartStart(path)}{Environment.ProcessId}-{Interlocked.Increment(ref Parts)}{PartEnding}"));
        try
        {
            // Shared, though nobody else knows the name: .NET locks what it opens for itself alone, a process that is just being started may inherit
            // the lock for a moment, and readers of the linked name would be refused.
            using (var file = File.OpenHandle(part, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite))
            {
                RandomAccess.Write(file, bytes, fileOffset: 0);
                Fault.Hit("durable-part-written");
                FlushFile(file);
            }

            Fault.Hit("durable-part-flushed");
            if (!LinkTo(part, path))
            {
                return false;
            }
        }
        finally
        {
            File.Delete(part);
        }

        Fault.Hit("durable-linked");
        FlushFolder(folder);
        return true;
    }

    /// <summary>
    /// Gives a file that never changes a second name; where the file system has no hard links, a copy whose bytes are on the disk. The new
    /// name is durable once its folder is flushed.
    /// </summary>
    /// <exception cref="OpenDataException"><see cref="EngineErrors.NotDurable"/>.</exception>
    public static void LinkOrCopy(string file, string added)
    {
        if (!OperatingSystem.IsWindows() && Link(file, added) == 0)
        {
            return;
        }

        var error = OperatingSystem.IsWindows() ? NotPermitted : Marshal.GetLastPInvokeError();
        if (error is not (NotPermitted or NotSupportedLinux or NotSupportedMac))
        {
            throw NotDurable("link", error);
        }

        File.Copy(file, added);
        FlushFile(added);
    }

    private static string PartStart(string path) => $".{Path.GetFileName(path)}.";

    /// <summary>Renames a file or folder and waits until both parents know. An existing file at the new name is replaced.</summary>
    /// <exception cref="OpenDataException"><see cref="EngineErrors.NotDurable"/>.</exception>
    public static void Rename(string from, string to)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.Move(from, to);
            return;
        }

        if (RenamePath(from, to) != 0)
        {
            throw NotDurable("rename", Marshal.GetLastPInvokeError());
        }

        Fault.Hit("durable-renamed");
        FlushFolder(FolderOf(to));
        if (!string.Equals(FolderOf(from), FolderOf(to), StringComparison.Ordinal))
        {
            FlushFolder(FolderOf(from));
        }
    }

    // False when the name is taken. File systems without hard links get an exclusive rename by .NET, which checks first.
    private static bool LinkTo(string part, string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(part, path) == 0)
            {
                return true;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error == AlreadyExists)
            {
                return false;
            }

            if (error is not (NotPermitted or NotSupportedLinux or NotSupportedMac))
            {
                throw NotDurable("link", error);
            }
        }

        if (File.Exists(path))
        {
            return false;
        }

        Directory.Move(part, path);
        return true;
    }

    private static string FolderOf(string path)
        => Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) ?? Path.GetPathRoot(Path.GetFullPath(path))!;

    private static SafeFileHandle OpenFolder(string path)
    {
        int descriptor;
        do
        {
            descriptor = Open(path, OpenReadOnly);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw NotDurable("open", Marshal.GetLastPInvokeError());
    }

    private static void Retry(Func<int> call, string name)
    {
        while (call() != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw NotDurable(name, error);
            }
        }
    }

    private static OpenDataException NotDurable(string call, int error) => new(
        EngineErrors.NotDurable,
        new LocalText(
            "Ổ đĩa không xác nhận việc ghi; dữ liệu cũ vẫn còn nguyên.",
            "The disk did not confirm a write; what was published before is untouched."),
        inner: new IOException($"{call}: {Marshal.GetPInvokeErrorMessage(error)} (errno {error})"));

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenamePath(string from, string to);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string added);
}
