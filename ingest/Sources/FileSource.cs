using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Landing;

namespace OpenData.Ingest.Sources;

/// <summary>A file, or files of a folder that somebody drops; for <c>manual</c> beside the contract.</summary>
internal sealed class FileSource(Placeholders placeholders, string catalogFolder, SourceLimits limits, RetryPolicy retry, TimeProvider clock) : ISource
{
    public Task<IReadOnlyList<LandedFile>> FetchAsync(SourceRead read, CancellationToken token)
    {
        var path = PathOf(read.Contract);
        return Directory.Exists(path)
            ? retry.RunAsync(() => ReadFolderAsync(path, read, token), token)
            : retry.RunAsync<IReadOnlyList<LandedFile>>(async () => [await LandAsync(path, read, token)], token);
    }

    private async Task<IReadOnlyList<LandedFile>> ReadFolderAsync(string folder, SourceRead read, CancellationToken token)
    {
        var before = Chosen(folder, read.Contract);
        var landed = new List<LandedFile>();
        foreach (var file in before)
        {
            try
            {
                landed.Add(await LandAsync(Path.Combine(folder, file.Name), read, token));
            }
            catch (OpenDataException e) when (e.Code == SourceErrors.FileMissing && !File.Exists(Path.Combine(folder, file.Name)))
            {
                throw Changed();
            }
        }

        // What was added, replaced or removed meanwhile would make a set that nobody dropped.
        return Chosen(folder, read.Contract).SequenceEqual(before) ? landed : throw Changed();
    }

    private IReadOnlyList<DroppedFile> Chosen(string folder, DatasetContract contract)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        try
        {
            var all = new DirectoryInfo(folder).EnumerateFiles().Select(f => new DroppedFile(f.Name, f.Length, new DateTimeOffset(f.LastWriteTimeUtc))).ToList();
            var files = DropFolder.Choose(all, contract.Source, clock.GetUtcNow(), limits);
            return files.Count > 0 ? files : throw Missing(name, DropFolder.PatternOf(contract.Source));
        }
        catch (FileNotFoundException)
        {
            // Gone between the listing and the look at its length.
            throw Changed();
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unreadable(name, e);
        }
    }

    private string PathOf(DatasetContract contract)
    {
        var path = placeholders.Fill(contract.Source.Path!);
        if (Path.IsPathRooted(path) || contract.Source.Kind != "manual")
        {
            return Path.GetFullPath(path);
        }

        return Path.GetFullPath(Path.Combine(catalogFolder, Path.GetDirectoryName(contract.File) ?? "", path));
    }

    private async Task<LandedFile> LandAsync(string path, SourceRead read, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        try
        {
            var before = Facts(path);
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, useAsync: true);
            await using var body = new GuardedStream(file, before.Length, limits.BodyBytesMax, limits.Read, now + limits.Body, clock);
            var landed = await read.Land(new SourceBody(body, Path.GetFileName(path), now), token);
            return Facts(path) == before ? landed : throw Changed();
        }
        catch (TransientSourceException e) when (e.Failure.Code == SourceErrors.Truncated)
        {
            throw Changed();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw e is UnauthorizedAccessException ? Unreadable(Path.GetFileName(path), e) : Missing(Path.GetFileName(path), DropFolder.PatternOf(read.Contract.Source));
        }
    }

    private static (long Length, DateTime Written) Facts(string path)
    {
        var info = new FileInfo(path);
        return (info.Length, info.LastWriteTimeUtc);
    }

    private static TransientSourceException Changed() => SourceFailure.Transient(
        SourceErrors.FileChanged, "Tệp bị ghi trong khi đang đọc.", "The file was written while we read it.");

    private static OpenDataException Missing(string name, string pattern) => SourceFailure.Of(
        SourceErrors.FileMissing, $"Không có tệp {name} (hoặc thư mục có tệp {pattern}).", $"There is no file {name} (or folder with {pattern} files).");

    private static OpenDataException Unreadable(string name, Exception inner) => SourceFailure.Of(
        SourceErrors.FileMissing, $"Không đọc được tệp {name}.", $"The file {name} cannot be read.", inner);
}
