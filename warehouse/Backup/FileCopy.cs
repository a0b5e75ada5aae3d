using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Integrity;

namespace OpenData.Warehouse.Backup;

/// <summary>Copies files so that they are whole and durable under their name, or not there at all.</summary>
internal sealed class FileCopy(ReadingPace pace)
{
    private const string PartEnding = ".part";

    /// <summary>Files that were copied.</summary>
    internal int Files { get; private set; }

    /// <summary>Their bytes.</summary>
    internal long Bytes { get; private set; }

    /// <summary>
    /// Makes sure that the target has the bytes of that hash: it has them already, or they are copied. False when the source is missing or has other
    /// bytes; the target is then as it was.
    /// </summary>
    /// <param name="source">Absolute path.</param>
    /// <param name="target">Absolute path; its folder is made.</param>
    /// <param name="sha256">The hash that the file must have; null takes the source as it is.</param>
    /// <param name="mode">Rights of the target.</param>
    /// <param name="token">Stops between two pieces.</param>
    /// <returns>The file as it is at the target; null when it is not there.</returns>
    internal BackupFile? Bring(string source, string target, string? sha256, UnixFileMode mode, CancellationToken token)
    {
        if ((sha256 ??= MeasureOrNull(source, token)) is not null && Measure(target, token) is { } there && there.Sha256 == sha256)
        {
            return there;
        }

        if (sha256 is null || !File.Exists(source))
        {
            return null;
        }

        MakeFolder(Path.GetDirectoryName(target)!);
        var part = target + PartEnding;
        File.Delete(part);
        try
        {
            string read;
            using (var file = new FileStream(part, Options(mode | UnixFileMode.UserWrite)))
            {
                read = pace.Sha256Of(source, file, token);
                file.Flush();
                Durable.FlushFile(file.SafeFileHandle);
            }

            if (read != sha256)
            {
                return null;
            }

            // Retention counts from the time of a landed file.
            File.SetLastWriteTimeUtc(part, File.GetLastWriteTimeUtc(source));
            SetMode(part, mode);
            var bytes = new FileInfo(part).Length;
            Fault.Hit("backup.before-rename");
            Durable.Rename(part, target);
            Files++;
            Bytes += bytes;
            return new BackupFile(target, bytes, read);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException && !File.Exists(source))
        {
            // Removed by its rule while it was looked at.
            return null;
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Length and hash of a file; null when it is not there.</summary>
    internal BackupFile? Measure(string path, CancellationToken token)
        => File.Exists(path) ? new BackupFile(path, new FileInfo(path).Length, pace.Sha256Of(path, token)) : null;

    private string? MeasureOrNull(string path, CancellationToken token)
    {
        try
        {
            return Measure(path, token)?.Sha256;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Makes a folder and its parents; a folder that is there already was made durable when it was made.</summary>
    internal static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var parent = Path.GetDirectoryName(folder)!;
        MakeFolder(parent);
        Directory.CreateDirectory(folder);
        Durable.FlushFolder(parent);
    }

    private static FileStreamOptions Options(UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        return options;
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
