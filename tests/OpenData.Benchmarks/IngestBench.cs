using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Staging;
using OpenData.Warehouse.Validation;

namespace OpenData.Benchmarks;

/// <summary>
/// A CSV from landing to a published version, against DuckDB's own CREATE TABLE AS read_csv with the same types and a checkpoint.
/// Ours also checks every row, orders and numbers the table, hashes it and builds the key file and the CSV and Parquet downloads.
/// </summary>
internal static class IngestBench
{
    private static readonly EngineOptions Engine = new() { Threads = 2, MemoryBytesMax = 4L << 30, QueryTimeout = Timeout.InfiniteTimeSpan };

    /// <summary>What a worker gives its engine by default (<c>INGEST_MEMORY_MIB</c>).</summary>
    private const long WorkerMemoryMiB = 512;

    public static IEnumerable<Comparison> Run(string folder, long rows, int rounds, Func<string, bool> wanted)
    {
        if (!new[] { "ingest", "ingest-rules" }.Any(wanted))
        {
            yield break;
        }

        var csv = Path.Combine(folder, "cases.csv");
        CaseFile.Write(folder, csv, rows);
        var contract = CaseContract.Read();
        var data = Path.Combine(folder, "data");
        if (wanted("ingest-rules"))
        {
            StagedTable? loaded = null;
            yield return Measure.Compare(
                $"8 rules and the unique key over {rows:N0} staged rows",
                "the load: landing and staging them",
                0.1,
                rounds,
                () => Validate(contract, loaded!), // the load comes first
                () => loaded = Load(data, contract, csv));
        }

        if (!wanted("ingest"))
        {
            yield break;
        }

        yield return Measure.Compare(
            $"Ingest to a checked table: landing, staging, 8 rules, unique key, {rows:N0} rows × 16 columns",
            "CREATE TABLE AS read_csv + CHECKPOINT",
            1.0,
            rounds,
            () => Stage(data, contract, csv),
            () => Limit(folder, csv));
        yield return Measure.Compare(
            $"Ingest to the data file and its key file: checked, ordered, numbered, search text, read back; without content hash and downloads, {rows:N0} rows × 16 columns",
            "CREATE TABLE AS read_csv + CHECKPOINT",
            1.5,
            rounds,
            () => PublishDataFile(data, contract, csv),
            () => Limit(folder, csv));
        yield return Measure.Compare(
            $"Ingest to a published version with order, key file, hash, csv.gz and Parquet, {rows:N0} rows × 16 columns",
            "CREATE TABLE AS read_csv + CHECKPOINT",
            1.5,
            rounds,
            () => Publish(data, contract, csv),
            () => Limit(folder, csv));
    }

    /// <summary>Memory that the process holds at most, with the engine bounded as a worker bounds it; before anything else filled it.</summary>
    public static IEnumerable<Figure> Memory(BenchRun run)
    {
        if (!run.IsWanted("ingest-memory"))
        {
            yield break;
        }

        var csv = Path.Combine(run.Folder, "cases.csv");
        CaseFile.Write(run.Folder, csv, run.Rows);
        var contract = CaseContract.Read();
        var data = Path.Combine(run.Folder, "data");
        var worker = Engine with { MemoryBytesMax = WorkerMemoryMiB << 20 };
        StagedTable? staged = null;
        var reading = PeakMemory.During(() => staged = Load(data, contract, csv));
        yield return Peak($"Peak memory of landing and staging {run.Rows:N0} rows × 16 columns", reading, 512);
        var publishing = PeakMemory.During(() => Publish(data, contract, Validate(contract, staged!, worker), worker)); // staged first
        yield return Peak($"Peak memory of checking and publishing them, the engine's limit at {WorkerMemoryMiB} MiB", publishing, 1536);
    }

    private static Figure Peak(string name, long bytes, double goal) => new(name, "MiB", bytes / 1048576.0, "–", null, goal);

    private static ValidatedTable Stage(string data, DatasetContract contract, string csv) => Validate(contract, Load(data, contract, csv));

    private static ValidatedTable Validate(DatasetContract contract, StagedTable staged) => Validate(contract, staged, Engine);

    private static ValidatedTable Validate(DatasetContract contract, StagedTable staged, EngineOptions engine)
        => new Validator(engine).Validate(staged, contract, null, new Dictionary<string, Snapshot>(StringComparer.Ordinal), CancellationToken.None);

    private static StagedTable Load(string data, DatasetContract contract, string csv)
    {
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }

        var run = Path.Combine(data, "work", "bench");
        Directory.CreateDirectory(run);
        using var spool = new LandingStore(data, TimeProvider.System).Open(contract, run, "bench");
        using (var source = File.OpenRead(csv))
        {
            source.CopyTo(spool.Stream);
        }

        var landed = spool.Land(CancellationToken.None);
        return StagingLoader.Load(contract, [landed], new StagingOptions(run), CancellationToken.None);
    }

    private static void Publish(string data, DatasetContract contract, string csv) => Publish(data, contract, Stage(data, contract, csv), Engine);

    private static void Publish(string data, DatasetContract contract, ValidatedTable validated, EngineOptions engine)
    {
        var now = TimeProvider.System.GetUtcNow();
        new SnapshotPublisher(new SnapshotStore(data), engine, TimeProvider.System)
            .Publish(validated, null, new PublishRequest("bench", 1, now, now, contract.Yaml), CancellationToken.None);
    }

    // The fault stands where the key file is written: what comes after it is not done, and the version is thrown away.
    private static void PublishDataFile(string data, DatasetContract contract, string csv)
    {
        using var fault = Fault.ThrowAt("publish.keys-written");
        try
        {
            Publish(data, contract, csv);
        }
        catch (OpenDataException failed) when (failed.Code == PublishingErrors.DiskFailed)
        {
            return;
        }

        throw new InvalidOperationException("The fault was not reached.");
    }

    private static void Limit(string folder, string csv)
    {
        var file = Path.Combine(folder, "limit.duckdb");
        File.Delete(file);
        using var engine = DuckDbEngine.File(file, Engine, readOnly: false);
        using var connection = engine.Connect();
        var sql = new SqlBuilder().Append("CREATE TABLE cases AS SELECT * FROM read_csv(").Value(csv).Append(", header = true, auto_detect = false, columns = {");
        for (var i = 0; i < CaseTable.Columns.Count; i++)
        {
            var column = CaseTable.Columns[i];
            var type = column.Type.Kind == ColumnKind.Timestamp ? "TIMESTAMPTZ" : DuckDbTypes.SqlOf(column.Type);
            sql.Append(i == 0 ? "" : ", ").Name(column.Name).Append(": '").Append(type).Append("'");
        }

        connection.Execute(sql.Append("})").ToSql());
        connection.Execute(new SqlBuilder().Append("CHECKPOINT").ToSql());
    }
}
