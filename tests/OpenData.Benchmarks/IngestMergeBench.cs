using OpenData.Catalogs;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Staging;
using OpenData.Warehouse.Validation;

namespace OpenData.Benchmarks;

/// <summary>
/// A merge load: a CSV of a tenth of the rows, half of them new and half of them changed, joins a published version of all rows. The limit is DuckDB
/// doing the same over the same files: the old rows without those whose key comes again, the new ones beside them, and a checkpoint. Ours also
/// checks, compares, orders and numbers the rows, hashes them and builds the key file and the CSV and Parquet downloads of the whole version.
/// </summary>
internal static class IngestMergeBench
{
    private const string BaseRun = "bench-base";
    private const string MergeRun = "bench-merge";

    private static readonly EngineOptions Engine = new() { Threads = 2, MemoryBytesMax = 4L << 30, QueryTimeout = Timeout.InfiniteTimeSpan };

    public static IEnumerable<Figure> Run(BenchRun run)
    {
        if (!run.IsWanted("ingest-merge"))
        {
            yield break;
        }

        var contract = CaseContract.Read();
        var data = Path.Combine(run.Folder, "merge");
        var news = Path.Combine(run.Folder, "news.csv");
        var before = Prepare(run, contract, data, news);
        var merge = contract with { Load = LoadMode.Merge };
        var peak = 0L;
        var result = Measure.Compare(
            $"Merge of {run.Rows / 10:N0} records, half new and half changed, into a published version of {run.Rows:N0} rows × 16 columns",
            "CREATE TABLE AS the old rows anti-joined and read_csv, + CHECKPOINT",
            1.5,
            run.Rounds,
            () => peak = Math.Max(peak, PeakMemory.During(() => Merge(data, merge, before, news))),
            () => Limit(run.Folder, before, news));
        var figure = result.ToFigure();
        yield return figure with { Beside = $"{figure.Beside}; peak memory {peak / 1048576:#,##0} MiB, the runtime's and the engine's (limit 4,096)" };
    }

    private static Snapshot Prepare(BenchRun run, DatasetContract contract, string data, string news)
    {
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }

        CaseFile.Write(run.Folder, news, run.Rows, new SqlBuilder().Append("SELECT * FROM cases"));
        var published = Publish(data, contract, null, news, BaseRun, 1);
        CaseFile.Write(
            run.Folder,
            news,
            run.Rows + (run.Rows / 20),
            new SqlBuilder().Append("SELECT * REPLACE ('Đã cập nhật' AS note) FROM cases WHERE rowid >= ").Number(run.Rows - (run.Rows / 20)));
        return published;
    }

    private static void Merge(string data, DatasetContract contract, Snapshot before, string news)
    {
        // The version of the round before goes, so that every round begins at the same one.
        var store = new SnapshotStore(data);
        File.Delete(Path.Combine(store.CurrentFolder(contract.Id), Publication.FileName(2)));
        var published = Publish(data, contract, before, news, MergeRun, 2);
        Directory.Delete(published.Folder, recursive: true);
    }

    private static Snapshot Publish(string data, DatasetContract contract, Snapshot? before, string csv, string runId, long token)
    {
        var run = Path.Combine(data, "work", runId);
        if (Directory.Exists(run))
        {
            Directory.Delete(run, recursive: true);
        }

        Directory.CreateDirectory(run);
        using var spool = new LandingStore(data, TimeProvider.System).Open(contract, run, "bench");
        using (var source = File.OpenRead(csv))
        {
            source.CopyTo(spool.Stream);
        }

        var staged = StagingLoader.Load(contract, [spool.Land(CancellationToken.None)], new StagingOptions(run), CancellationToken.None);
        var validated = new Validator(Engine).Validate(staged, contract, before, new Dictionary<string, Snapshot>(StringComparer.Ordinal), CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        return new SnapshotPublisher(new SnapshotStore(data), Engine, TimeProvider.System)
            .Publish(validated, before, new PublishRequest(runId, token, now, now, contract.Yaml), CancellationToken.None).Snapshot;
    }

    private static void Limit(string folder, Snapshot before, string news)
    {
        var file = Path.Combine(folder, "limit.duckdb");
        File.Delete(file);
        using var engine = DuckDbEngine.File(file, Engine, readOnly: false);
        engine.AttachReadOnly(before.DataFile, "before");
        using var connection = engine.Connect();
        var sql = CaseFile.Read(new SqlBuilder().Append("CREATE TABLE cases AS WITH news AS MATERIALIZED (SELECT "), CaseTable.Columns, news).Append(") SELECT ");
        for (var i = 0; i < CaseTable.Columns.Count; i++)
        {
            sql.Append(i == 0 ? "" : ", ").Name(CaseTable.Columns[i].Name);
        }

        connection.Execute(sql.Append(" FROM before.main.data AS o WHERE NOT EXISTS (SELECT 1 FROM news AS n WHERE n.case_id = o.case_id) UNION ALL SELECT * FROM news").ToSql());
        connection.Execute(new SqlBuilder().Append("CHECKPOINT").ToSql());
    }
}
