using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Validation;

namespace OpenData.Warehouse.Publishing;

/// <summary>
/// Makes a version out of validated rows and publishes it: written and read back in the run's work folder, made durable, renamed into
/// place, then named by a publication file. Killed at any point, readers see the old version or the new one, whole. A version that needs an approval
/// is moved aside instead, and named by nothing.
/// </summary>
/// <param name="store">Where versions lie.</param>
/// <param name="engineOptions">Limits of the engines that write and read back.</param>
/// <param name="clock">Gives the time of publication.</param>
public sealed class SnapshotPublisher(SnapshotStore store, EngineOptions engineOptions, TimeProvider clock)
{
    /// <summary>Version of our own writers (CSV, side columns, profiles); raise it when equal rows give other bytes.</summary>
    public const string WriterVersion = "1";

    /// <summary>More rows than this get a key file; below, a scan is as fast.</summary>
    public const long KeyFileRowsMin = 200_000;

    /// <summary>The points at which a test may kill the process, in the order in which they are passed.</summary>
    internal static readonly IReadOnlyList<string> FaultPoints =
    [
        "publish.begun", "publish.compared", "publish.data-written", "publish.data-closed", "publish.keys-written", "publish.csv-written",
        "publish.parquet-written", "publish.profiled", "publish.manifest-written", "publish.flushed", "publish.renamed", "publish.pointed",
    ];

    private const string OutAlias = "out_version";
    private const string ReadAlias = "new_version";
    private const int FileBufferBytes = 128 * 1024;

    /// <summary>Half the CPU of level 6 for 8 % more bytes; docs/decisions/0014.</summary>
    private const int GzipLevel = 3;

    /// <summary>Publishes, or finds that nothing changed.</summary>
    /// <param name="validated">What validation made.</param>
    /// <param name="previous">The version that was current when the run began; null when there was none.</param>
    /// <param name="request">What the run knows.</param>
    /// <param name="token">Stops before the publication; afterwards the version is published.</param>
    /// <exception cref="OpenDataException">OD2301 to OD2307; readers keep the version they had.</exception>
    public PublishResult Publish(ValidatedTable validated, Snapshot? previous, PublishRequest request, CancellationToken token)
    {
        var job = new Job(validated, previous, request, Path.Combine(store.WorkFolder, request.RunId, validated.Contract.Id + ".version"), token);
        try
        {
            new SnapshotPlacement(store).RefuseStale(job.Contract.Id, request.Token, previous?.Version);
            RequireContract(job);
            var result = Build(job);
            if (result is Unchanged)
            {
                SnapshotPlacement.RemoveFolder(job.Folder);
            }

            return result;
        }
        catch (Exception failed)
        {
            SnapshotPlacement.RemoveFolder(job.Folder);
            if (DiskFault.Named(failed) is { } named)
            {
                throw named;
            }

            throw;
        }
    }

    // The text that is stored must say what the rows were made by: later runs and the portal read it.
    private static void RequireContract(Job job)
    {
        var stored = CatalogReader.ReadContract(job.Request.ContractYaml, SnapshotFiles.Contract).Contract;
        if (stored is null || Catalogs.ContractHash.DataPartJson(stored) != Catalogs.ContractHash.DataPartJson(job.Contract))
        {
            throw new OpenDataException(PublishingErrors.StoredContractUnreadable, new LocalText(
                $"Văn bản hợp đồng của {job.Contract.Id} không khớp hợp đồng đã dùng để kiểm tra.",
                $"The contract text of {job.Contract.Id} is not the contract by which the rows were checked."));
        }
    }

    private PublishResult Build(Job job)
    {
        Fault.Hit("publish.begun");
        SnapshotPlacement.RemoveFolder(job.Folder);
        Directory.CreateDirectory(job.Folder);
        var spill = Path.Combine(store.WorkFolder, job.Request.RunId, "spill");
        Directory.CreateDirectory(spill);
        var options = engineOptions with { QueryTimeout = Timeout.InfiniteTimeSpan, TempFolder = spill };
        var (counts, rows) = WriteData(job, options);
        if (IsSame(job, counts))
        {
            return new Unchanged(job.Previous!, counts); // IsSame needs a previous version
        }

        var written = WriteDistributions(job, options, rows);
        if (job.Previous is { } previous && previous.Manifest.ContentHash == written.ContentHash)
        {
            return new Unchanged(previous, counts);
        }

        return Finish(job, counts, rows, written);
    }

    // Equal rows under an equal contract are known before a byte of the version is written.
    private static bool IsSame(Job job, RunCounts counts)
        => job.Previous is { } previous
            && previous.Manifest.ContractHash == job.ContractHash
            && previous.Manifest.WriterVersion == WriterVersion
            && counts is { Inserted: 0, Updated: 0, Deleted: 0, Removed: 0 };

    private static (RunCounts Counts, long Rows) WriteData(Job job, EngineOptions options)
    {
        using var engine = DuckDbEngine.File(job.Validated.Staged.DatabaseFile, options, readOnly: false);
        using var connection = engine.Connect();
        var previousContract = AttachPrevious(job, engine);
        var load = new LoadSql(job.Contract, previousContract);
        job.Execute(connection, load.Compare());
        var counts = Counts(job, connection, previousContract is not null);
        Fault.Hit("publish.compared");
        if (IsSame(job, counts))
        {
            return (counts, job.Previous!.Manifest.Rows); // IsSame needs a previous version
        }

        // Rows are numbered one after the other, by one thread; DuckDB's caller would burn another one waiting for it.
        job.Execute(connection, Sql("SET threads = 1"));
        engine.AttachForWriting(job.Path(SnapshotFiles.Data), OutAlias);
        var computed = new ComputedColumns(job.Contract, engine);
        try
        {
            job.Execute(connection, load.Data(OutAlias, computed));
        }
        catch (OpenDataException failed) when (failed.Code == EngineErrors.QueryFailed)
        {
            computed.ThrowFailure();
            throw;
        }

        var rows = connection.Count(ExpectationSql.PublishedTable(new SqlBuilder().Append("SELECT count(*) FROM "), OutAlias).ToSql(), job.Token);
        Require(counts.VersionBalances(rows, job.Previous?.Manifest.Rows ?? 0), counts, rows);
        Fault.Hit("publish.data-written");
        job.Execute(connection, new SqlBuilder().Append("CHECKPOINT ").Name(OutAlias).ToSql());
        engine.Detach(OutAlias);

        Fault.Hit("publish.data-closed");
        return (counts, rows);
    }

    /// <summary>Attaches the previous version; null when its rows cannot stand beside the new ones.</summary>
    private static DatasetContract? AttachPrevious(Job job, DuckDbEngine engine)
    {
        if (job.Previous is null)
        {
            return null;
        }

        var older = job.Previous.Contract;
        var fits = Structure.SameKey(older, job.Contract);
        if (job.Contract.Load != LoadMode.Replace && (!fits || !KeepsRows(older, job.Contract)))
        {
            throw new OpenDataException(PublishingErrors.StructureChanged, new LocalText(
                "Khoá, kiểu cột hoặc cột bắt buộc đã đổi nên không thể ghép với dữ liệu đã công bố; hãy nạp lại toàn bộ với load: replace.",
                "The key, a column's type or a required column changed, so the published rows cannot be joined; load everything once with load: replace."));
        }

        if (!fits)
        {
            return null;
        }

        engine.AttachReadOnly(job.Previous.DataFile, LoadSql.PreviousAlias);
        return older;
    }

    private static bool KeepsRows(DatasetContract older, DatasetContract newer)
        => newer.PublicColumns.All(c => older.Column(c.Name) is { } before ? before.Type == c.Type : !c.Required);

    private static RunCounts Counts(Job job, EngineConnection connection, bool hasPrevious)
    {
        var outcomes = connection.Rows(Sql("SELECT outcome, count(*) FROM compared GROUP BY outcome"), job.Token)
            .ToDictionary(r => (string)r[0]!, r => (long)r[1]!, StringComparer.Ordinal); // neither is ever null
        long Of(string outcome) => outcomes.GetValueOrDefault(outcome);
        var report = job.Validated.Report;
        var before = job.Previous?.Manifest.Rows ?? 0;
        var removed = job.Contract.Load == LoadMode.Replace ? before - (hasPrevious ? Of("updated") + Of("unchanged") + Of("deleted") : 0) : 0;
        var counts = new RunCounts(
            report.Received,
            Of("inserted"),
            Of("updated"),
            Of("unchanged") + Of("absent"),
            Of("deleted"),
            report.Superseded + Of("superseded"),
            report.Duplicates + Of("duplicate"),
            report.Quarantined,
            removed);
        Require(counts.ReceivedBalances, counts, report.Good);
        return counts;
    }

    private static Written WriteDistributions(Job job, EngineOptions options, long rows)
    {
        using var engine = DuckDbEngine.InMemory(options);
        engine.AttachReadOnly(job.Path(SnapshotFiles.Data), ReadAlias);
        using var connection = engine.Connect();
        RequireWhole(job, connection, rows);
        if (HasKeyFile(job.Contract, rows))
        {
            RequireEqual(rows, KeyFile.Write(connection, ReadAlias, job.Contract, rows, job.Path(SnapshotFiles.Keys), options.TempFolder!, job.Token), SnapshotFiles.Keys); // publishing always spills
        }

        Fault.Hit("publish.keys-written");
        var (contentHash, plain) = WriteCsv(job, connection, rows);
        Fault.Hit("publish.csv-written");
        var rowGroup = ParquetSql.RowGroupRows(rows, plain.Bytes);
        job.Execute(connection, ParquetSql.Copy(AllRows(job.Contract), job.Contract.PublicColumns, job.Path(SnapshotFiles.Parquet), rowGroup));
        var parquetRows = connection.Count(
            new SqlBuilder().Append("SELECT CAST(sum(num_rows) AS BIGINT) FROM parquet_file_metadata(").Value(job.Path(SnapshotFiles.Parquet)).Append(")").ToSql(),
            job.Token);
        RequireEqual(rows, parquetRows, SnapshotFiles.Parquet);
        Fault.Hit("publish.parquet-written");
        var profiles = ProfileReader.Read(connection, ReadAlias, job.Contract, job.Token);
        Fault.Hit("publish.profiled");
        return new Written(contentHash, plain, profiles);
    }

    private static bool HasKeyFile(DatasetContract contract, long rows) => rows > KeyFileRowsMin && KeyFile.Serves(contract, rows);

    private static SqlText AllRows(DatasetContract contract)
    {
        var sql = new SqlBuilder().Append("SELECT ");
        ExpectationSql.Names(sql, [.. contract.PublicColumns.Select(c => c.Name)]).Append(" FROM ");
        return ExpectationSql.PublishedTable(sql, ReadAlias).ToSql();
    }

    // The reopened file has all rows, and _rid is dense and in physical order: pages and prunes rely on it.
    private static void RequireWhole(Job job, EngineConnection connection, long rows)
    {
        var sql = new SqlBuilder().Append("SELECT count(*), count(*) FILTER (_rid IS DISTINCT FROM rowid) FROM ");
        var found = connection.Rows(ExpectationSql.PublishedTable(sql, ReadAlias).ToSql(), job.Token)[0];
        RequireEqual(rows, (long)found[0]!, SnapshotFiles.Data); // counts are never null
        if ((long)found[1]! != 0)
        {
            throw NumberedRows.OutOfOrder();
        }
    }

    private static (string ContentHash, SnapshotFile Plain) WriteCsv(Job job, EngineConnection connection, long rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var plainHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long plainBytes;
        hash.AppendData(Encoding.UTF8.GetBytes(Catalogs.ContractHash.DataPartJson(job.Contract)));
        hash.AppendData("\n"u8);
        using (var file = new FileStream(job.Path(SnapshotFiles.CsvGzip), FileMode.CreateNew, FileAccess.Write, FileShare.None, FileBufferBytes))
        using (var gzip = new GZipStream(file, new ZLibCompressionOptions { CompressionLevel = GzipLevel }))
        {
            var sql = new SqlBuilder().Append("SELECT ");
            ExpectationSql.Names(sql, [.. job.Contract.PublicColumns.Select(c => c.Name)]).Append(", _rid FROM ");
            ExpectationSql.PublishedTable(sql, ReadAlias);
            using var reader = connection.Stream(sql.ToSql(), job.Token);
            var rowsInOrder = new NumberedRows(new CsvRows(job.Contract.PublicColumns, job.Contract.TimeZone), job.Contract.PublicColumns.Count);
            using var plain = new HashingStream(new HashingStream(gzip, hash), plainHash);
            var written = RowPump.Write(reader, rowsInOrder, plain);
            RequireEqual(rows, written, SnapshotFiles.CsvGzip);
            plainBytes = plain.Length;
        }

        var plainFile = new SnapshotFile(SnapshotFiles.PlainCsv, plainBytes, Convert.ToHexStringLower(plainHash.GetHashAndReset()));
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), plainFile);
    }

    private PublishResult Finish(Job job, RunCounts counts, long rows, Written written)
    {
        SnapshotPlacement.WriteFile(job.Path(SnapshotFiles.Contract), Encoding.UTF8.GetBytes(job.Request.ContractYaml));
        var now = clock.GetUtcNow();
        var latest = store.Publications(job.Contract.Id).Select(p => p.Version).Max(StringComparer.Ordinal);
        var manifest = new SnapshotManifest
        {
            Dataset = job.Contract.Id,
            Version = VersionName.Make(now, written.ContentHash, latest),
            Token = job.Request.Token,
            ContractHash = job.ContractHash,
            ContentHash = written.ContentHash,
            Rows = rows,
            PreviousVersion = job.Previous?.Version,
            Counts = counts,
            Files =
            [
                Measure(job, SnapshotFiles.Data),
                .. HasKeyFile(job.Contract, rows) ? [Measure(job, SnapshotFiles.Keys)] : Array.Empty<SnapshotFile>(),
                Measure(job, SnapshotFiles.CsvGzip),
                Measure(job, SnapshotFiles.Parquet),
                Measure(job, SnapshotFiles.Contract),
            ],
            Reason = job.Request.Reason,
            RunId = job.Request.RunId,
            StartedAt = job.Request.StartedAt.ToUniversalTime(),
            ExtractedAt = job.Request.ExtractedAt.ToUniversalTime(),
            PublishedAt = now.ToUniversalTime(),
            Parents = [.. job.Request.Parents.Concat(job.Validated.Report.Parents).Distinct().OrderBy(p => p.Dataset, StringComparer.Ordinal)],
            Lineage = job.Request.Lineage?.ToDictionary() ?? new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal),
            Quarantine = job.Validated.Report.Quarantine,
            Expectations = job.Validated.Report.Expectations,
            PlainCsv = written.PlainCsv,
            Profiles = written.Profiles,
            SuppressedRows = job.Validated.Report.SuppressedRows,
            EngineVersion = NativeDuckDb.ExpectedVersion,
            WriterVersion = WriterVersion,
        };
        var manifestBytes = ManifestJson.Write(manifest);
        SnapshotPlacement.WriteFile(job.Path(SnapshotFiles.Manifest), manifestBytes);
        Fault.Hit("publish.manifest-written");
        SnapshotPlacement.MakeDurable(job.Folder);
        Fault.Hit("publish.flushed");
        job.Token.ThrowIfCancellationRequested();
        if (job.Request.Holds is not { } folders)
        {
            return new PublishedSnapshot(new SnapshotPlacement(store).Place(manifest, manifestBytes, job.Folder), manifest.Counts);
        }

        var waiting = folders.TakeIn(job.Folder, job.Contract.Id, job.Request.RunId);
        Fault.Hit("hold.moved");
        return new Held(SnapshotStore.OpenFolder(manifest, waiting), manifest.Counts, Convert.ToHexStringLower(SHA256.HashData(manifestBytes)));
    }

    private static SnapshotFile Measure(Job job, string name)
    {
        using var file = File.OpenRead(job.Path(name));
        return new SnapshotFile(name, file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    private static void Require(bool holds, RunCounts counts, long rows)
    {
        if (!holds)
        {
            throw new OpenDataException(PublishingErrors.CountsDiffer, new LocalText(
                string.Create(CultureInfo.InvariantCulture, $"Số lượng không khớp: {counts}, {rows} dòng."),
                string.Create(CultureInfo.InvariantCulture, $"Counts do not add up: {counts}, {rows} rows.")));
        }
    }

    private static void RequireEqual(long written, long found, string file)
    {
        if (written != found)
        {
            throw new OpenDataException(PublishingErrors.ReadBackDiffers, new LocalText(
                FormattableString.Invariant($"{file}: ghi {written} dòng nhưng đọc lại {found}."),
                FormattableString.Invariant($"{file}: {written} rows written, {found} read back.")));
        }
    }

    private static SqlText Sql(string fixedSql) => new SqlBuilder().Append(fixedSql).ToSql();

    /// <summary>What is known of the version's downloads once they are written.</summary>
    private sealed record Written(string ContentHash, SnapshotFile PlainCsv, IReadOnlyList<ColumnProfile> Profiles);

    /// <summary>What the steps of one publication share.</summary>
    private sealed record Job(ValidatedTable Validated, Snapshot? Previous, PublishRequest Request, string Folder, CancellationToken Token)
    {
        public DatasetContract Contract => Validated.Contract;

        public string ContractHash { get; } = Catalogs.ContractHash.OfDataPart(Validated.Contract);

        public string Path(string file) => System.IO.Path.Combine(Folder, file);

        public void Execute(EngineConnection connection, SqlText sql) => connection.Execute(sql, Token);
    }
}
