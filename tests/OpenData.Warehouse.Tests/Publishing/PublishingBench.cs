using System.Globalization;
using OpenData.Catalogs;
using OpenData.TestKit;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Staging;
using OpenData.Warehouse.Validation;

namespace OpenData.Warehouse.Tests.Publishing;

/// <summary>A data folder with a clock, and the way from typed rows to a published version without sources.</summary>
internal sealed class PublishingBench : IDisposable
{
    public static readonly EngineOptions Engine = new() { Threads = 1, MemoryBytesMax = 256L << 20 };

    private readonly TestFolder _folder = new();
    private long _token;
    private int _run;

    public string DataFolder => _folder.Path;

    public SteppingClock Clock { get; } = new();

    public SnapshotStore Store => new(_folder.Path);

    public static DatasetContract Contract(string yaml)
    {
        var (contract, problems) = CatalogReader.ReadContract(yaml, "test.yaml");
        Assert.Empty(problems);
        return contract!;
    }

    /// <summary>A contract of a small dataset; <paramref name="more"/> is YAML appended at top level.</summary>
    public static string Yaml(string columns, string key = "[id]", string load = "replace", string id = "things", string more = "") => $$"""
        dataset: {{id}}
        title: { vi: Thử, en: Test }
        summary: { vi: Dữ liệu thử., en: Test data. }
        publisher: so_noi_vu
        theme: government
        license: vn_open_1
        source: { kind: csv, path: things.csv }
        load: {{load}}
        key: {{key}}
        columns:
        {{string.Join('\n', columns.Trim().Split('\n').Select(c => "  - { " + c.Trim() + " }"))}}
        {{more}}
        """;

    /// <summary>Stages rows given as SQL VALUES tuples of the public columns; <c>_row</c> counts from 1.</summary>
    public StagedTable Stage(DatasetContract contract, IEnumerable<string> rows, long quarantined = 0)
        => Stage(Path.Combine(_folder.Path, "work", NewRun(), "stage.duckdb"), contract, rows, quarantined);

    public static StagedTable Stage(string file, DatasetContract contract, IEnumerable<string> rows, long quarantined = 0)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var engine = DuckDbEngine.File(file, Engine, readOnly: false);
        using var connection = engine.Connect();
        var columns = string.Join(", ", contract.PublicColumns.Select(c => $"\"{c.Name}\" {DuckDbTypes.SqlOf(c.Type)}"));
        Run(connection, $"CREATE TABLE staged ({columns}, _row BIGINT)");
        Run(connection, "CREATE TABLE quarantine (\"row\" BIGINT, byte_offset BIGINT, column_name VARCHAR, rule VARCHAR, text VARCHAR)");
        var number = 0L;
        foreach (var batch in rows.Select(r => $"({r}, {++number})").Chunk(1000))
        {
            Run(connection, "INSERT INTO staged VALUES " + string.Join(",", batch));
        }

        for (var i = 0; i < quarantined; i++)
        {
            Run(connection, $"INSERT INTO quarantine VALUES ({++number}, 0, 'id', 'required', '')");
        }

        return new StagedTable(contract, file, []) { Received = number, Quarantined = quarantined, Counted = number };
    }

    public ValidatedTable Validate(DatasetContract contract, IEnumerable<string> rows, Snapshot? previous = null, IReadOnlyDictionary<string, Snapshot>? parents = null, long quarantined = 0)
        => new Validator(Engine).Validate(Stage(contract, rows, quarantined), contract, previous, parents ?? new Dictionary<string, Snapshot>(), CancellationToken.None);

    public PublishResult Publish(string yaml, params IEnumerable<string> rows) => PublishWithToken(yaml, ++_token, rows);

    public PublishResult PublishWithToken(string yaml, long token, params IEnumerable<string> rows)
    {
        var contract = Contract(yaml);
        var previous = Store.Current(contract.Id);
        var validated = Validate(contract, rows, previous);
        return Publish(validated, previous, yaml, token);
    }

    public PublishResult Publish(ValidatedTable validated, Snapshot? previous, string yaml, long token)
    {
        _token = Math.Max(_token, token);
        return new SnapshotPublisher(Store, Engine, Clock).Publish(
            validated,
            previous,
            new PublishRequest(NewRun(), token, Clock.GetUtcNow(), Clock.GetUtcNow(), yaml),
            CancellationToken.None);
    }

    public string NewRun() => string.Create(CultureInfo.InvariantCulture, $"run{++_run}");

    /// <summary>All rows of a version, cells as text, null as null, in physical order.</summary>
    public static List<string?[]> Read(Snapshot snapshot, string? columns = null)
    {
        using var engine = DuckDbEngine.File(snapshot.DataFile, Engine, readOnly: true);
        using var connection = engine.Connect();
        var list = columns ?? string.Join(", ", snapshot.Contract.PublicColumns.Select(c => $"\"{c.Name}\""));
        return [.. connection
            .Rows(Sql($"SELECT {string.Join(", ", list.Split(", ").Select(c => $"CAST({c} AS VARCHAR)"))} FROM data ORDER BY rowid"), CancellationToken.None)
            .Select(r => r.Select(v => (string?)v).ToArray())];
    }

    public static string Csv(Snapshot snapshot)
    {
        using var file = File.OpenRead(snapshot.Path(SnapshotFiles.CsvGzip));
        using var gzip = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }

    public static SqlText Sql(string text) => new SqlBuilder().Append(text).ToSql();

    public static void Run(EngineConnection connection, string sql) => connection.Execute(Sql(sql));

    public void Dispose() => _folder.Dispose();
}
