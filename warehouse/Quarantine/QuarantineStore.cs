using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Quarantine;

/// <summary>
/// Refused records for operators: <c>quarantine/&lt;dataset&gt;/&lt;run&gt;-&lt;sha256&gt;.ndjson.gz</c>, the counts in the first line, then a record a line.
/// A file is whole or not there, never changes, and its name tells its hash. Never public; the folder is its owner's alone.
/// </summary>
/// <param name="dataFolder">The data folder.</param>
public sealed partial class QuarantineStore(string dataFolder)
{
    private const string Ending = ".ndjson.gz";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Absolute path of <c>quarantine/</c>.</summary>
    public string Folder { get; } = Path.Combine(Path.GetFullPath(dataFolder), "quarantine");

    /// <summary>Every file, newest run first.</summary>
    public IReadOnlyList<QuarantineFile> Files()
        => Directory.Exists(Folder)
            ? [.. Directory.EnumerateFiles(Folder, "*" + Ending, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
                .Select(FileOf).OfType<QuarantineFile>().OrderByDescending(f => f.Run, StringComparer.Ordinal)]
            : [];

    /// <summary>What the runs refused, newest first.</summary>
    /// <param name="dataset">Of this dataset alone; null means of all.</param>
    /// <param name="entriesMax">At most so many.</param>
    public IReadOnlyList<QuarantineEntry> List(string? dataset, int entriesMax)
        => [.. Files().Where(f => dataset is null || f.Dataset == dataset).Select(EntryOrNull).OfType<QuarantineEntry>().Take(entriesMax)];

    /// <summary>What a run refused; null when nothing of it is kept.</summary>
    /// <exception cref="OpenDataException">OD2261.</exception>
    public QuarantineEntry? Find(string run) => Files().FirstOrDefault(f => f.Run == run) is { } file ? Entry(file) : null;

    /// <summary>The kept records of a run, in the order of the input.</summary>
    /// <param name="run">Run id.</param>
    /// <param name="rule">Of this rule alone; null means of all.</param>
    /// <param name="afterRow">Only records behind this number.</param>
    /// <param name="recordsMax">At most so many.</param>
    /// <exception cref="OpenDataException">OD2260, OD2261.</exception>
    public IReadOnlyList<QuarantinedRecord> Records(string run, string? rule, long afterRow, int recordsMax)
    {
        var file = Files().FirstOrDefault(f => f.Run == run) ?? throw Unknown();
        return Reading(file, lines => (IReadOnlyList<QuarantinedRecord>)[
            .. lines.Skip(1)
                .Select(line => JsonSerializer.Deserialize<QuarantinedRecord>(line, Options)!) // no line is the word null
                .Where(r => r.Row > afterRow && (rule is null || r.Rule == rule))
                .Take(recordsMax),
        ]);
    }

    /// <summary>Removes a file; who reads it reads on.</summary>
    public static void Remove(QuarantineFile file) => File.Delete(file.Path);

    /// <summary>OD2260.</summary>
    public static OpenDataException Unknown() => new(QuarantineErrors.Unknown, new LocalText(
        "Không giữ bản ghi cách ly nào của lượt chạy này.", "No refused records of this run are kept."));

    /// <summary>Keeps what a run refused; durable when it returns.</summary>
    internal void Keep(QuarantineEntry entry, IEnumerable<QuarantinedRecord> records, string runFolder)
    {
        var part = Path.Combine(runFolder, "quarantine.part");
        using (var file = new FileStream(part, PrivateFile()))
        using (var packed = new GZipStream(file, CompressionLevel.Fastest))
        {
            WriteLine(packed, entry);
            foreach (var record in records)
            {
                WriteLine(packed, record);
            }
        }

        Durable.FlushFile(part);
        string sha256;
        using (var written = File.OpenRead(part))
        {
            sha256 = Convert.ToHexStringLower(SHA256.HashData(written));
        }

        PrivateFolder.Make(Folder);
        var folder = Path.Combine(Folder, entry.Dataset);
        PrivateFolder.Make(folder);
        Durable.Rename(part, Path.Combine(folder, $"{entry.Run}-{sha256}{Ending}"));
    }

    private static QuarantineEntry Entry(QuarantineFile file)
        => Reading(file, lines => JsonSerializer.Deserialize<QuarantineEntry>(lines.First(), Options)!); // the first line is one

    // A file that its rule has just removed is not listed; neither is one that verify will name.
    private static QuarantineEntry? EntryOrNull(QuarantineFile file)
    {
        try
        {
            return Entry(file);
        }
        catch (OpenDataException damaged) when (damaged.Code == QuarantineErrors.Damaged)
        {
            return null;
        }
    }

    private static T Reading<T>(QuarantineFile file, Func<IEnumerable<string>, T> read)
    {
        try
        {
            using var bytes = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var plain = new GZipStream(bytes, CompressionMode.Decompress);
            using var text = new StreamReader(plain);
            return read(Lines(text));
        }
        catch (Exception damaged) when (damaged is IOException or InvalidDataException or JsonException or InvalidOperationException)
        {
            throw new OpenDataException(
                QuarantineErrors.Damaged,
                new LocalText("Không đọc được tệp cách ly của lượt chạy này.", "The quarantine file of this run cannot be read."),
                inner: damaged);
        }
    }

    private static IEnumerable<string> Lines(StreamReader text)
    {
        while (text.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static void WriteLine<T>(Stream target, T value)
    {
        JsonSerializer.Serialize(target, value, Options);
        target.WriteByte((byte)'\n');
    }

    private static QuarantineFile? FileOf(string path)
        => FileName().Match(Path.GetFileName(path)) is { Success: true } name
            ? new QuarantineFile(Path.GetFileName(Path.GetDirectoryName(path)!), name.Groups["run"].Value, name.Groups["sha256"].Value, path)
            : null;

    private static FileStreamOptions PrivateFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    [GeneratedRegex(@"^(?<run>[0-9A-Za-z-]+)-(?<sha256>[0-9a-f]{64})\.ndjson\.gz$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FileName();
}
