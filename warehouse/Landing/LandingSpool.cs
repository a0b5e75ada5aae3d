using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Staging;

namespace OpenData.Warehouse.Landing;

/// <summary>
/// Bytes on their way in, hashed as they come. For a dataset with personal columns the spool has no name from the start (it is unlinked
/// at once), so that a crash leaves nothing to find.
/// </summary>
public sealed class LandingSpool : IDisposable
{
    private static int Count;

    private readonly LandingStore _store;
    private readonly DatasetContract _contract;
    private readonly string _runFolder;
    private readonly string _origin;
    private readonly DateTimeOffset _fetchedAt;
    private readonly bool _personal;
    private readonly string _path;
    private readonly FileStream _file;
    private readonly HashingStream _hashing;
    private bool _landed;

    internal LandingSpool(LandingStore store, DatasetContract contract, string runFolder, string origin, DateTimeOffset fetchedAt, WorkMeter? meter)
    {
        _store = store;
        _contract = contract;
        _runFolder = runFolder;
        _origin = origin;
        _fetchedAt = fetchedAt;
        _personal = contract.Columns.Any(c => c.Personal);
        _path = NewPath(runFolder);
        _file = Create(_path);
        if (_personal && !OperatingSystem.IsWindows())
        {
            File.Delete(_path);
        }

        _hashing = new HashingStream(_file, meter);
    }

    /// <summary>Takes the bytes.</summary>
    public Stream Stream => _hashing;

    /// <summary>Bytes written so far.</summary>
    public long Length => _hashing.Written;

    /// <summary>Makes the bytes durable under their hash. For a dataset with personal columns: reads them, and keeps the cleaned records.</summary>
    /// <exception cref="OpenDataException">OD21xx: a personal dataset whose bytes cannot be read. OD9003: the disk failed.</exception>
    public LandedFile Land(CancellationToken token)
    {
        var sha256 = _hashing.Sha256();
        var length = _hashing.Written;
        _file.Flush();
        _landed = true;
        if (_personal)
        {
            return Clean(sha256, length, token);
        }

        Durable.FlushFile(_file.SafeFileHandle);
        _file.Dispose();
        Directory.CreateDirectory(_store.Folder);
        var path = _store.Keep(_path, sha256);
        return new LandedFile(sha256, length, path, _fetchedAt, _origin);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hashing.Dispose();
        _file.Dispose();
        if (!_landed || _personal)
        {
            File.Delete(_path);
        }
    }

    private LandedFile Clean(string sha256, long length, CancellationToken token)
    {
        var shape = new RecordShape(_contract);
        var cleanPath = NewPath(_runFolder);
        try
        {
            string cleanSha256;
            long cleanLength;
            using (var file = Create(cleanPath))
            using (var hashing = new HashingStream(file))
            {
                using (var cleaner = new RecordCleaner(shape, hashing))
                {
                    var counted = RecordReading.Read(
                        shape, [View], new StagingOptions(_runFolder), cleaner, new ReadNotes(), token);
                    cleaner.Complete((sha256, length), counted);
                }

                file.Flush();
                Durable.FlushFile(file.SafeFileHandle);
                cleanSha256 = hashing.Sha256();
                cleanLength = hashing.Written;
            }

            Directory.CreateDirectory(_store.Folder);
            var path = _store.Keep(cleanPath, cleanSha256);
            return new LandedFile(cleanSha256, cleanLength, path, _fetchedAt, _origin)
            {
                IsCleaned = true,
                OriginalSha256 = sha256,
                OriginalLength = length,
            };
        }
        finally
        {
            File.Delete(cleanPath);
        }
    }

    // A second look at a file without a name: the same handle at its own position.
    private HandleView View() => new HandleView(_file.SafeFileHandle, _hashing.Written);

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 128 * 1024,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static string NewPath(string runFolder)
    {
        Directory.CreateDirectory(runFolder);
        return Path.Combine(runFolder, FormattableString.Invariant($"spool-{Environment.ProcessId}-{Interlocked.Increment(ref Count)}"));
    }
}
