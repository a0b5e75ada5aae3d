using System.Collections.Concurrent;
using OpenData.Ingest.Notices;
using OpenData.Ingest.Runs;
using OpenData.Ingest.Sources;
using OpenData.Ingest.Tests.Sources;
using OpenData.TestKit;
using OpenData.Warehouse.Integrity;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Rounds;

namespace OpenData.Ingest.Tests.Runs;

/// <summary>A small catalogue and data folder of their own, and workers on them.</summary>
internal sealed class Workplace : IDisposable, IRunWatcher
{
    private readonly Dictionary<string, string?> _settings = new(StringComparer.Ordinal) { ["TOKEN"] = "planted-secret-token" };
    private readonly TestFolder _folder = new();

    public Workplace()
    {
        _folder.Write("catalog/publishers.yaml", "publishers:\n  - { id: so_noi_vu, name: { vi: Sở Nội vụ, en: Home Affairs } }\n");
        _folder.Write(
            "catalog/themes.yaml",
            "themes:\n  - { id: government, name: { vi: Chính quyền, en: Government }, eu_theme: \"http://publications.europa.eu/resource/authority/data-theme/GOVE\" }\n");
        _folder.Write("catalog/licenses.yaml", File.ReadAllText(Repository.File("catalogs/thai-nguyen/licenses.yaml")));
    }

    public string DataFolder => _folder["data"];

    public ListLogs Logs { get; } = new();

    public ConcurrentQueue<RunOutcome> Outcomes { get; } = new();

    public ConcurrentQueue<string> Steps { get; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public string AllowPrivate { get; init; } = "127.0.0.1";

    public SourceLimits Limits { get; init; } = SourceRig.Short;

    public int Parallel { get; init; } = 2;

    public NoticeOptions Notices { get; set; } = new();

    public string? StateDatabase { get; init; }

    public StepLimits StepLimits { get; init; } = new();

    public int QuarantineRecordsMax { get; init; } = 10_000;

    public IngestSettings Settings => new()
    {
        DataFolder = DataFolder,
        CatalogFolder = _folder["catalog"],
        AllowPrivate = AllowPrivate,
        Limits = Limits,
        Parallel = Parallel,
        Notices = Notices,
        StateDatabase = StateDatabase,
        Steps = StepLimits,
        QuarantineRecordsMax = QuarantineRecordsMax,
        Setting = name => _settings.GetValueOrDefault(name),
    };

    public Workplace Set(string name, string value)
    {
        _settings[name] = value;
        return this;
    }

    /// <summary>Writes a file below the workplace and returns its path.</summary>
    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Writes a contract; the parts given replace the usual ones.</summary>
    public Workplace Contract(
        string id,
        string source,
        string columns = "  - { name: id, type: integer, required: true, title: { vi: Mã, en: Id } }\n  - { name: name, type: text, title: { vi: Tên, en: Name } }\n",
        string load = "replace",
        string rest = "")
    {
        _folder.Write(
            $"catalog/datasets/{id}.yaml",
            $$"""
            dataset: {{id}}
            title: { vi: Thử nghiệm, en: Test }
            summary: { vi: Dữ liệu thử nghiệm., en: Test data. }
            publisher: so_noi_vu
            theme: government
            license: vn_open_1
            source: {{source}}
            load: {{load}}
            key: [id]
            {{rest}}
            columns:
            {{columns}}
            """);
        return this;
    }

    public Task<IngestWorker> Open() => IngestWorker.OpenAsync(Settings, this, Logs, Clock, CancellationToken.None);

    /// <summary>Runs datasets (all when none is named) with a worker of their own.</summary>
    public Task<Dictionary<string, RunOutcome>> Run(params string[] datasets) => Run(new RunCause("command"), datasets);

    public async Task<Dictionary<string, RunOutcome>> Run(RunCause cause, params string[] datasets)
    {
        await using var worker = await Open();
        Assert.Empty(worker.Catalogue.Problems);
        var ids = datasets.Length > 0 ? datasets : [.. worker.Catalogue.Catalog.Datasets.Select(d => d.Id)];
        return (await worker.RunAllAsync(ids, cause, CancellationToken.None)).ToDictionary(o => o.Dataset, StringComparer.Ordinal);
    }

    /// <summary>The plain CSV of the current version.</summary>
    public async Task<string> Csv(string dataset)
    {
        await using var worker = await Open();
        var current = worker.Store.Current(dataset);
        Assert.NotNull(current);
        await using var file = File.OpenRead(current.Path("data.csv.gz"));
        await using var plain = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        return await reader.ReadToEndAsync();
    }

    public async Task<IReadOnlyList<RunRecord>> Runs()
    {
        await using var ledger = RunLedger.ForReading(Settings.Ledger, TimeProvider.System);
        return await ledger.ListAsync(null, null, 1000, CancellationToken.None);
    }

    /// <summary>What <c>verify</c> finds.</summary>
    public async Task<IReadOnlyList<Finding>> FindingsAsync()
    {
        await using var ledger = RunLedger.ForReading(Settings.Ledger, TimeProvider.System);
        await using var book = RoundBook.ForReading(Settings.Ledger, TimeProvider.System);
        return (await new DataFolderCheck(DataFolder, ledger, book, new ReadingPace(null, TimeProvider.System), _ => { }).RunAsync(CancellationToken.None)).Findings;
    }

    public void StepStarted(string dataset, string step) => Steps.Enqueue($"{dataset}:{step}");

    public void Ended(RunOutcome outcome) => Outcomes.Enqueue(outcome);

    public void Dispose() => _folder.Dispose();
}
