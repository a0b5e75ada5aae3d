using System.Text;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Audit;

/// <summary>
/// The same lines outside the database: <c>state/audit.log</c>, added to and fsynced after each entry, so that lines removed from the end of the
/// table are missed. It is brought up to the table at each entry; a process killed in between leaves nothing to repair.
/// </summary>
internal sealed class AuditFile(string path)
{
    // Longer than any line, so that the last whole one is in it.
    private const int TailBytes = 64 * 1024;
    private const int TriesMax = 200;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(25);

    /// <summary>Adds the lines of the table that the file does not have yet. One process at a time.</summary>
    /// <param name="after">Reads the entries of the table with greater numbers, in order.</param>
    /// <param name="token">Ends the wait.</param>
    internal async Task CatchUpAsync(Func<long, CancellationToken, Task<IReadOnlyList<AuditEntry>>> after, CancellationToken token)
    {
        PrivateFolder.Make(Path.GetDirectoryName(path)!);
        var isNew = !File.Exists(path);
        await using var turn = await TakeTurnAsync(token);
        await using var file = new FileStream(path, Options(FileShare.ReadWrite));
        var last = DropFragment(file);
        file.Seek(0, SeekOrigin.End);
        for (var entries = await after(last, token); entries.Count > 0; entries = await after(last, token))
        {
            var text = string.Concat(entries.Select(e => AuditText.Line(e) + "\n"));
            await file.WriteAsync(Encoding.UTF8.GetBytes(text), token);
            last = entries[^1].Number;
        }

        await file.FlushAsync(token);
        Durable.FlushFile(file.SafeFileHandle);
        if (isNew)
        {
            Durable.FlushFolder(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>The lines as they are, a broken one at the end included.</summary>
    internal IEnumerable<string> Lines()
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        // Without a lock: a process that adds a line must not be in the way, nor wait.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var text = new StreamReader(file, Encoding.UTF8);
        while (text.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    // A worker's command and a portal write in turn, by a lock of the operating system. It lies on a file of its own: .NET on Linux lets nobody read
    // what somebody has locked, and a backup or a check must not be refused because a line is just being added.
    private async Task<FileStream> TakeTurnAsync(CancellationToken token)
    {
        var turn = Path.Combine(Path.GetDirectoryName(path)!, ".audit.lock"); // a file lies in a folder
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(turn, Options(FileShare.None));
            }
            catch (IOException) when (tries < TriesMax && File.Exists(turn))
            {
                await Task.Delay(Wait, token);
            }
        }
    }

    private static FileStreamOptions Options(FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    /// <summary>Number of the last whole line; 0 when there is none. What stands behind it was torn by a crash and is taken away.</summary>
    private static long DropFragment(FileStream file)
    {
        var tail = new byte[Math.Min(file.Length, TailBytes)];
        file.Seek(-tail.Length, SeekOrigin.End);
        file.ReadExactly(tail);
        var end = Array.LastIndexOf(tail, (byte)'\n');
        file.SetLength(file.Length - (tail.Length - 1 - end));
        if (end < 0)
        {
            return 0;
        }

        var start = end == 0 ? 0 : Array.LastIndexOf(tail, (byte)'\n', end - 1) + 1;
        return AuditText.NumberOf(Encoding.UTF8.GetString(tail, start, end - start)) ?? 0;
    }
}
