using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Landing;

namespace OpenData.Warehouse.Staging;

/// <summary>Chooses the reader of a source kind and gives it every file.</summary>
internal static class RecordReading
{
    /// <summary>Reads all landed files into the sink; returns the records by the independent counter.</summary>
    public static long Read(
        RecordShape shape,
        IReadOnlyList<LandedFile> files,
        StagingOptions options,
        IRecordSink sink,
        ReadNotes notes,
        CancellationToken token)
    {
        if (files.Count > 0 && files.All(f => f.IsCleaned))
        {
            var cleaned = new CleanedRecords(shape, options, sink);
            return files.Sum(f => cleaned.Read(() => Open(f), token));
        }

        return Read(shape, [.. files.Select(f => (Func<Stream>)(() => Open(f)))], options, sink, notes, token);
    }

    /// <summary>Reads source bytes into the sink.</summary>
    public static long Read(
        RecordShape shape,
        IReadOnlyList<Func<Stream>> files,
        StagingOptions options,
        IRecordSink sink,
        ReadNotes notes,
        CancellationToken token)
    {
        long counted = 0;
        switch (shape.Contract.Source.Kind)
        {
            case "csv" or "manual":
                var csv = new CsvRecords(shape, options, sink, notes);
                counted = files.Sum(f => csv.Read(f, token));
                break;
            case "http_json" or "odata" or "ckan" or "database" or "ndjson" or "scores" or "geojson":
                var json = new JsonRecords(shape, options, sink, notes);
                counted = files.Sum(f => json.Read(f, token));
                json.Finish();
                break;
            case "xlsx":
                var xlsx = new XlsxRecords(shape, options, sink, notes);
                counted = files.Sum(f => xlsx.Read(f, token));
                break;
            default:
                throw new OpenDataException(
                    StagingErrors.UnknownKind,
                    new LocalText(
                        $"Loại nguồn '{shape.Contract.Source.Kind}' không đọc từ tệp.",
                        $"Source kind '{shape.Contract.Source.Kind}' is not read from files."));
        }

        return counted;
    }

    private static FileStream Open(LandedFile file)
    {
        try
        {
            var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            if (stream.Length == file.Length)
            {
                return stream;
            }

            stream.Dispose();
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Damaged(file, cause);
        }

        throw Damaged(file, null);
    }

    private static OpenDataException Damaged(LandedFile file, Exception? cause) => new(
        StagingErrors.LandingDamaged,
        new LocalText(
            $"Tệp {file.Sha256[..12]} thiếu hoặc khác độ dài đã ghi; hãy tải lại.",
            $"File {file.Sha256[..12]} is missing or not as long as recorded; fetch it again."),
        inner: cause);
}
