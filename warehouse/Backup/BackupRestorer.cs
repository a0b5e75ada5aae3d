using System.Globalization;
using System.Security.Cryptography;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Integrity;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Quarantine;

namespace OpenData.Warehouse.Backup;

/// <summary>Makes an empty data folder what a backup says; everything is checked before anything is written. One that was broken off goes on when it is begun again.</summary>
/// <param name="options">Data folder and state database to fill.</param>
/// <param name="actor">Who restores, for the audit log.</param>
/// <param name="pace">Reads the files.</param>
/// <param name="clock">The time.</param>
/// <param name="watch">Told where the work is, for a person who waits.</param>
public sealed class BackupRestorer(LedgerOptions options, string actor, ReadingPace pace, TimeProvider clock, Action<string> watch)
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode EverybodyReads = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly FileCopy _copy = new(pace);

    /// <summary>Restores.</summary>
    /// <exception cref="OpenDataException">OD2331 to OD2335: nothing was written, unless it is OD2335; OD2401; OD9003.</exception>
    public Task<RestoreSummary> RunAsync(string folder, CancellationToken token) => Reaching.DoAsync(() => RestoreAsync(Path.GetFullPath(folder), token));

    private async Task<RestoreSummary> RestoreAsync(string root, CancellationToken token)
    {
        var list = BackupFolder.ListOf(root) ?? throw NotWhole(BackupList.FileName);
        var identity = Convert.ToHexStringLower(SHA256.HashData(list.ToBytes()));
        var goesOn = RequireRoom(identity);
        var copy = StateCopies.Of(options);
        if (list.State != copy.Kind || list.Schema > LedgerSchema.Scripts.Count)
        {
            throw new OpenDataException(BackupErrors.OtherState, new LocalText(
                $"Bản sao lưu mang trạng thái {list.State} phiên bản {list.Schema}.",
                $"The backup holds a state of {list.State}, version {list.Schema}."));
        }

        var isFilled = await copy.IsFilledAsync(token);
        if (isFilled && !goesOn)
        {
            throw NotEmpty();
        }

        Check(root, list, token);
        FileCopy.MakeFolder(Path.GetFullPath(options.DataFolder));
        WriteMark(identity);
        PrivateFolder.Make(new QuarantineStore(options.DataFolder).Folder);
        Bring(root, list, token);
        Fault.Hit("restore.before-state");

        // In PostgreSQL the state is loaded in one transaction: what is there then is all of it.
        await new StateFiles(options, copy).LoadAsync(Path.Combine(root, list.StateFolder), list.Schema, isFilled && copy.Kind != "sqlite", token);
        Fault.Hit("restore.before-settle");
        var ended = await SettleAsync(list, token);
        File.Delete(RestoreMark.PathIn(options.DataFolder));
        Durable.FlushFolder(options.DataFolder);
        return new RestoreSummary(list.Files.Count, list.Files.Sum(f => f.Bytes), ended, list.MadeAt);
    }

    // Files lie where the list says and nowhere else: a path that leads out of the folder is not ours.
    private void Check(string root, BackupList list, CancellationToken token)
    {
        foreach (var file in list.Files)
        {
            watch("checking " + file.Path);
            var path = Path.GetFullPath(Path.Combine(root, file.Path));
            if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                || _copy.Measure(path, token) is not { } there
                || there.Sha256 != file.Sha256)
            {
                throw NotWhole(file.Path);
            }
        }
    }

    private void Bring(string root, BackupList list, CancellationToken token)
    {
        foreach (var file in list.Files.Where(f => !f.Path.StartsWith(list.StateFolder + "/", StringComparison.Ordinal)))
        {
            watch(file.Path);
            var mode = file.Path.StartsWith("published/", StringComparison.Ordinal) ? EverybodyReads : OwnerFile;
            if (_copy.Bring(Path.Combine(root, file.Path), Path.Combine(options.DataFolder, file.Path), file.Sha256, mode, token) is null)
            {
                throw NotWhole(file.Path);
            }
        }

        new WaitingFolders(options.DataFolder).Close();
    }

    private async Task<int> SettleAsync(BackupList list, CancellationToken token)
    {
        var store = new SnapshotStore(options.DataFolder);
        var gone = list.LandingGone.ToHashSet(StringComparer.Ordinal);
        await using var ledger = await RunLedger.OpenAsync(options, clock, token);
        var ended = await ledger.SettleRestoredAsync(
            run => store.Versions(run.Dataset).FirstOrDefault(s => s.Manifest.RunId == run.Id) is { Manifest: var manifest }
                ? new PublishedRun(manifest.Version, manifest.Rows, manifest.Counts, manifest.Quarantine)
                : null,
            sha256 => !list.Landing || gone.Contains(sha256),
            token);
        await SettleWaitingAsync(ledger, token);
        await ledger.Audit.AppendAsync(actor, "restore", "data", list.MadeAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), token);
        return ended;
    }

    // Versions began and ceased to wait while the backup was made: what the state of that moment does not fit goes.
    private async Task SettleWaitingAsync(RunLedger ledger, CancellationToken token)
    {
        var folders = new WaitingFolders(options.DataFolder);
        foreach (var waiting in (await ledger.WaitingAsync(null, token)).Where(w => w.IsOpen && folders.Open(w) is null))
        {
            await ledger.GiveUpWaitingAsync(waiting.RunId, token);
        }

        foreach (var (dataset, runId) in folders.All())
        {
            if (await ledger.FindWaitingAsync(runId, token) is not { IsOpen: true })
            {
                folders.Remove(dataset, runId);
            }
        }
    }

    private bool RequireRoom(string identity)
    {
        if (!Directory.Exists(options.DataFolder) || !Directory.EnumerateFileSystemEntries(options.DataFolder).Any())
        {
            return false;
        }

        // Begun from this very backup: what was written then is right or is written again.
        return File.Exists(RestoreMark.PathIn(options.DataFolder)) && File.ReadAllText(RestoreMark.PathIn(options.DataFolder)) == identity
            ? true
            : throw NotEmpty();
    }

    private void WriteMark(string identity)
    {
        var path = RestoreMark.PathIn(options.DataFolder);
        if (!File.Exists(path))
        {
            Durable.CreateExclusive(path, System.Text.Encoding.ASCII.GetBytes(identity));
        }
    }

    private static OpenDataException NotEmpty() => new(BackupErrors.NotEmpty, new LocalText(
        "Chỉ khôi phục vào thư mục dữ liệu và cơ sở dữ liệu trạng thái còn trống.", "A restore goes into an empty data folder and an empty state database only."));

    private static OpenDataException NotWhole(string file) => new(BackupErrors.NotWhole, new LocalText(
        $"Thiếu hoặc sai tệp {file} của bản sao lưu; chưa ghi gì.", $"The file {file} of the backup is missing or is not as it was written."));
}
