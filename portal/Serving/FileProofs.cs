using System.Collections.Concurrent;
using OpenData.Warehouse.Integrity;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Serving;

/// <summary>
/// Which stored files this process has read and found as their manifest says. A file is read when it is first needed and whenever its length or time
/// changed; <see cref="Recheck"/> reads it again, since bytes go bad without either. Safe for all threads.
/// </summary>
internal sealed class FileProofs(PortalOptions options, TimeProvider clock, ILogger<FileProofs> log)
{
    private const long Megabyte = 1024 * 1024;

    // What answers are made of; the stored downloads are looked at when they are sent.
    private static readonly string[] Answering = [SnapshotFiles.Data, SnapshotFiles.Keys, SnapshotFiles.Contract];

    private readonly ConcurrentDictionary<string, Proof> _proofs = new(StringComparer.Ordinal);
    private int _generation;

    /// <summary>Grows whenever a file is found to be damaged, or whole again.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>
    /// True when answers may be made of the version: its files are as published, or larger in all than what is read before serving and not known to be
    /// damaged.
    /// </summary>
    public bool MayServe(Snapshot snapshot)
    {
        var files = Answering.Select(snapshot.Manifest.File).OfType<SnapshotFile>().ToList();
        var isRead = files.Sum(f => f.Bytes) <= options.CheckOnOpenMb * Megabyte;
        return files.TrueForAll(f => isRead ? Look(snapshot, f, null, CancellationToken.None) : !IsKnownDamaged(snapshot, f));
    }

    /// <summary>Refuses a stored download that is not what was published.</summary>
    /// <exception cref="OpenData.Catalogs.Errors.OpenDataException">OD9035.</exception>
    public void Require(Snapshot snapshot, string name)
    {
        if (snapshot.Manifest.File(name) is { } file && !Look(snapshot, file, null, CancellationToken.None))
        {
            throw ServedData.Damaged(null);
        }
    }

    /// <summary>Reads all files of the version again, whatever was found before.</summary>
    public void Recheck(Snapshot snapshot, ReadingPace pace, CancellationToken token)
    {
        foreach (var file in snapshot.Manifest.Files)
        {
            token.ThrowIfCancellationRequested();
            Look(snapshot, file, pace, token);
        }
    }

    /// <summary>Versions with a file that was damaged when it was last read: who mends one wants it served again.</summary>
    public IReadOnlyList<Snapshot> Damaged() => [.. _proofs.Values.Where(p => p.IsWhole == false).Select(p => p.Snapshot).DistinctBy(s => s.Folder)];

    /// <summary>Forgets files that are no longer there.</summary>
    public void Sweep()
    {
        foreach (var path in _proofs.Keys.Where(p => !File.Exists(p)))
        {
            _proofs.TryRemove(path, out _);
        }
    }

    private bool IsKnownDamaged(Snapshot snapshot, SnapshotFile file)
        => _proofs.TryGetValue(snapshot.Path(file.Name), out var proof) && proof.IsWhole == false;

    /// <param name="snapshot">The version.</param>
    /// <param name="file">One of its files.</param>
    /// <param name="again">How fast it is read again; null takes what is known.</param>
    /// <param name="token">Stops.</param>
    private bool Look(Snapshot snapshot, SnapshotFile file, ReadingPace? again, CancellationToken token)
    {
        var proof = _proofs.GetOrAdd(snapshot.Path(file.Name), _ => new Proof(snapshot));
        lock (proof.Gate)
        {
            var now = new FileInfo(snapshot.Path(file.Name));
            if (!now.Exists)
            {
                // Collected, or the store passes over it: not for us to say.
                return true;
            }

            var mark = (now.Length, now.LastWriteTimeUtc);
            if (again is null && proof.IsWhole is { } known && proof.Mark == mark)
            {
                return known;
            }

            bool whole;
            try
            {
                whole = now.Length == file.Bytes && (again ?? new ReadingPace(null, clock)).Sha256Of(now.FullName, token) == file.Sha256;
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                return true;
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                log.LogWarning(failed, "A file of version {Version} of {Dataset} cannot be read", snapshot.Version, snapshot.Dataset);
                whole = false;
            }

            Note(proof, snapshot, file, whole);
            proof.Mark = mark;
            return whole;
        }
    }

    private void Note(Proof proof, Snapshot snapshot, SnapshotFile file, bool whole)
    {
        var before = proof.IsWhole;
        proof.IsWhole = whole;
        if (before is not false && !whole)
        {
            log.LogError("{File} of version {Version} of {Dataset} is not what was published", file.Name, snapshot.Version, snapshot.Dataset);
            Interlocked.Increment(ref _generation);
        }
        else if (before is false && whole)
        {
            log.LogInformation("{File} of version {Version} of {Dataset} is whole again", file.Name, snapshot.Version, snapshot.Dataset);
            Interlocked.Increment(ref _generation);
        }
    }

    private sealed class Proof(Snapshot snapshot)
    {
        public Lock Gate { get; } = new();

        public Snapshot Snapshot { get; } = snapshot;

        public bool? IsWhole { get; set; }

        public (long Length, DateTime At) Mark { get; set; }
    }
}
