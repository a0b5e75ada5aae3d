using System.IO.Enumeration;
using OpenData.Catalogs;

namespace OpenData.Ingest.Sources;

/// <summary>
/// Which files of a folder a reading takes. People and programs write into it while we look: a file under a name of work in progress, or
/// one that was written a moment ago, means that the drop is not complete, and a part of it is never taken for the whole.
/// </summary>
internal static class DropFolder
{
    // As file managers, browsers, FTP servers and office programs name what is not finished.
    private static readonly string[] Unfinished = [".part", ".tmp", ".partial", ".filepart", ".crdownload", ".lock"];

    /// <summary>The files to read, in the order of their names.</summary>
    /// <param name="folder">The folder as it is now.</param>
    /// <param name="source">Pattern and choice.</param>
    /// <param name="now">The time.</param>
    /// <param name="limits">How long a file must be quiet, and when unfinished work counts as given up.</param>
    internal static IReadOnlyList<DroppedFile> Choose(IReadOnlyList<DroppedFile> folder, SourceBinding source, DateTimeOffset now, SourceLimits limits)
    {
        var pattern = PatternOf(source);
        var unfinished = folder.Where(f => FinalName(f.Name) is { } final && Matches(pattern, final) && now - f.Written < limits.DropGivenUp).ToList();
        var files = folder.Where(f => !IsHidden(f.Name) && FinalName(f.Name) is null && Matches(pattern, f.Name)).OrderBy(f => f.Name, StringComparer.Ordinal).ToList();

        // A time ahead of ours says nothing; whether the file grows shows when it is read.
        if (unfinished.Count > 0 || files.Exists(f => now - f.Written is var age && age >= TimeSpan.Zero && age < limits.DropQuiet))
        {
            throw SourceFailure.Transient(
                SourceErrors.StillArriving,
                "Thư mục nhận tệp đang được ghi; chờ các tệp hoàn chỉnh.",
                "The folder is being written to; the files are not complete yet.");
        }

        return source.Pick switch
        {
            "newest_name" => [.. files.TakeLast(1)],
            "newest_time" => [.. files.OrderBy(f => f.Written).TakeLast(1)],
            _ => files,
        };
    }

    /// <summary>Names that are read: the contract's, or those of the kind's ending.</summary>
    internal static string PatternOf(SourceBinding source) => source.Pattern ?? source.Kind switch
    {
        "xlsx" => "*.xlsx",
        "ndjson" => "*.ndjson",
        "geojson" => "*.geojson",
        "http_json" => "*.json",
        _ => "*.csv",
    };

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);

    private static bool IsHidden(string name) => name[0] == '.' || name.StartsWith("~$", StringComparison.Ordinal);

    // "a.csv.part", "~$a.xlsx", ".~lock.a.xlsx#" and ".a.csv.Xy12Zw" (rsync) will be, or lock, another file.
    private static string? FinalName(string name)
    {
        if (name.StartsWith("~$", StringComparison.Ordinal))
        {
            return name[2..];
        }

        if (name.StartsWith(".~lock.", StringComparison.Ordinal))
        {
            return name[7..].TrimEnd('#');
        }

        if (Unfinished.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) is { } ending)
        {
            return name[..^ending.Length].TrimStart('.');
        }

        return name[0] == '.' && name.LastIndexOf('.') is > 1 and var last && name.Length - last == 7 ? name[1..last] : null;
    }
}
