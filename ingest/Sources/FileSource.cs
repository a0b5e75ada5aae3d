using OpenData.Catalogs;
using OpenData.Warehouse.Landing;

namespace OpenData.Ingest.Sources;

/// <summary>A file, or every file of the kind in a folder by name; for <c>manual</c> beside the contract.</summary>
internal sealed class FileSource(Placeholders placeholders, string catalogFolder, SourceLimits limits, RetryPolicy retry, TimeProvider clock) : ISource
{
    public async Task<IReadOnlyList<LandedFile>> FetchAsync(SourceRead read, CancellationToken token)
    {
        var landed = new List<LandedFile>();
        foreach (var file in Files(read.Contract))
        {
            landed.Add(await retry.RunAsync(() => LandAsync(file, read, token), token));
        }

        return landed;
    }

    private List<string> Files(DatasetContract contract)
    {
        var path = PathOf(contract);
        if (File.Exists(path))
        {
            return [path];
        }

        var pattern = Pattern(contract.Source.Kind);
        var files = Directory.Exists(path) ? Directory.GetFiles(path, pattern).Order(StringComparer.Ordinal).ToList() : [];
        return files.Count > 0
            ? files
            : throw SourceFailure.Of(
                SourceErrors.FileMissing,
                $"Không có tệp {Path.GetFileName(path)} (hoặc thư mục có tệp {pattern}).",
                $"There is no file {Path.GetFileName(path)} (or folder with {pattern} files).");
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

    private static string Pattern(string kind) => kind switch
    {
        "xlsx" => "*.xlsx",
        "ndjson" => "*.ndjson",
        "geojson" => "*.geojson",
        "http_json" => "*.json",
        _ => "*.csv",
    };

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
            throw SourceFailure.Of(
                SourceErrors.FileMissing,
                $"Không đọc được tệp {Path.GetFileName(path)}.",
                $"The file {Path.GetFileName(path)} cannot be read.",
                e);
        }
    }

    private static (long Length, DateTime Written) Facts(string path)
    {
        var info = new FileInfo(path);
        return (info.Length, info.LastWriteTimeUtc);
    }

    private static TransientSourceException Changed() => SourceFailure.Transient(
        SourceErrors.FileChanged, "Tệp bị ghi trong khi đang đọc.", "The file was written while we read it.");
}
