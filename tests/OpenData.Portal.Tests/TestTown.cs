using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.TestKit;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Landing;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Staging;
using OpenData.Warehouse.Validation;

namespace OpenData.Portal.Tests;

/// <summary>A catalogue and a data folder of its own; publishes CSV text through the real pipeline, from landing to snapshot.</summary>
public sealed class TestTown : IDisposable
{
    public const string Planted = "PLANTED-7f3a";

    public const string Markets = """
        dataset: markets
        title: { vi: Chợ không tiền mặt, en: Cashless markets }
        summary: { vi: Mỗi dòng là một chợ., en: One row per market. }
        publisher: so_cong_thuong
        theme: economy
        keywords: { vi: [chợ, thanh toán], en: [market, payment] }
        license: vn_open_1
        legal_basis: [ { act: 278/2025/NĐ-CP, from: 2025-10-22 } ]
        contact: { name: Phòng Thương mại, email: data@example.vn }
        coverage: { area: "19", from: 2025-01-01 }
        source: { kind: csv, url: "${AGENCIES_URL}/markets.csv" }
        refresh: { cron: "0 30 1 * * ?", due_within: P2D }
        load: replace
        key: [market_id]
        order: [market_id]
        columns:
          - { name: market_id, type: code, required: true, title: { vi: Mã chợ, en: Market code } }
          - { name: name, type: text, required: true, title: { vi: Tên chợ, en: Name } }
          - { name: stalls, type: integer, unit: stall, min: 0, title: { vi: Số quầy, en: Stalls } }
          - { name: turnover, type: "decimal(18,2)", unit: VND, title: { vi: Doanh thu, en: Turnover } }
          - { name: share, type: float, title: { vi: Tỷ lệ, en: Share } }
          - { name: covered, type: boolean, title: { vi: Có mái che, en: Covered } }
          - { name: opened_on, type: date, title: { vi: Ngày mở, en: Opened on } }
          - { name: counted_at, type: timestamp, title: { vi: Đếm lúc, en: Counted at } }
          - { name: opening_year, type: integer, title: { vi: Năm mở, en: Opening year } }
          - { name: note, type: text, empty: keep, title: { vi: Ghi chú, en: Note } }
        expectations:
          - { rule: row_count, min: 1, on_fail: block }
        """;

    public const string MarketRows = """"
        market_id,name,stalls,turnover,share,covered,opened_on,counted_at,opening_year,note
        0001,Chợ Đồng Quang,1250,1234567.80,0.25,true,2001-09-02,2026-11-01T08:30:00+07:00,2001,
        0002,"Chợ Thái, ""trung tâm""",80,999.00,1.5,false,1998-01-15,2026-11-01T09:00:00+07:00,1998,"hai dòng
        trong một ô"
        0003,Chợ Minh Cầu,,,,,,,,
        0004,Chợ Túc Duyên,15,0.05,0,true,2020-02-29,2026-11-01T23:59:59.123456+07:00,2020,<b>đậm</b>
        0005,Chợ hỏng,không phải số,1.00,0,true,2020-02-29,2026-11-01T00:00:00+07:00,2020,x
        0004,Chợ Túc Duyên,15,0.05,0,true,2020-02-29,2026-11-01T23:59:59.123456+07:00,2020,<b>đậm</b>
        """";

    public const string Probes = """
        dataset: probes
        title: { vi: "<script>alert('vi')</script> Dò", en: "<script>alert('en')</script> Probes" }
        summary: { vi: "\"><img src=x onerror=alert(1)> tóm tắt", en: "\"><img src=x onerror=alert(1)> summary" }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/probes.csv" }
        key: [id]
        columns:
          - { name: id, type: code, title: { vi: "<i>Mã</i>", en: "<i>Id</i>" } }
          - { name: value, type: text, title: { vi: "' onmouseover='x", en: "' onmouseover='x" } }
        """;

    public const string ProbeRows = """"
        id,value
        1,<script>alert(1)</script>
        2,"""><svg onload=alert(1)>"
        3,javascript:alert(1)
        4,=HYPERLINK(1)
        """";

    private const string Reports = """
        dataset: reports
        title: { vi: Phản ánh, en: Reports }
        summary: { vi: Mỗi dòng là một phản ánh., en: One row per report. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/reports.csv" }
        key: [id]
        columns:
          - { name: id, type: code, title: { vi: Mã, en: Id } }
          - { name: topic, type: text, title: { vi: Chủ đề, en: Topic } }
          - { name: citizen_number, type: text, privacy: personal, title: { vi: "Số PLANTED-7f3a", en: "Number PLANTED-7f3a" } }
        """;

    private const string Hidden = """
        dataset: HIDDEN_ID
        title: { vi: "Kín PLANTED-7f3a", en: "Hidden PLANTED-7f3a" }
        summary: { vi: "PLANTED-7f3a", en: "PLANTED-7f3a" }
        publisher: so_kin
        theme: kin
        license: vn_open_1
        access: HIDDEN_ACCESS
        source: { kind: csv, url: "${AGENCIES_URL}/hidden.csv" }
        key: [id]
        columns:
          - { name: id, type: code, title: { vi: Mã, en: Id } }
          - { name: secret_column, type: text, title: { vi: "Bí mật PLANTED-7f3a", en: "Secret PLANTED-7f3a" } }
        """;

    private readonly TestFolder _folder = new();
    private readonly EngineOptions _engine = new() { Threads = 1, MemoryBytesMax = 256L << 20 };
    private long _token;

    public TestTown()
    {
        _folder.Write("catalog/publishers.yaml", """
            publishers:
              - { id: so_cong_thuong, name: { vi: Sở Công Thương, en: Department of Industry and Trade }, email: sct@example.vn }
              - { id: so_kin, name: { vi: "Sở PLANTED-7f3a", en: "Office PLANTED-7f3a" } }
            """);
        _folder.Write("catalog/themes.yaml", """
            themes:
              - { id: economy, name: { vi: Kinh tế, en: Economy }, eu_theme: http://publications.europa.eu/resource/authority/data-theme/ECON }
              - { id: kin, name: { vi: "Chủ đề PLANTED-7f3a", en: "Theme PLANTED-7f3a" }, eu_theme: http://publications.europa.eu/resource/authority/data-theme/GOVE }
            """);
        _folder.Write("catalog/licenses.yaml", """
            licenses:
              - id: vn_open_1
                name: { vi: Giấy phép mở, en: Open licence }
                text: { vi: Được dùng lại., en: May be reused. }
                attribution: { vi: 'Nguồn: {publisher}, {title}, {version}', en: 'Source: {publisher}, {title}, {version}' }
                valid_from: 2025-01-01
            """);
    }

    /// <summary>Absolute path of the data folder.</summary>
    public string DataFolder => _folder["data"];

    /// <summary>Absolute path of the catalogue folder.</summary>
    public string CatalogFolder => _folder["catalog"];

    /// <summary>Published versions.</summary>
    public SnapshotStore Store => new(DataFolder);

    /// <summary>Ids of the datasets that must stay unknown.</summary>
    public static IReadOnlyList<string> HiddenIds { get; } = ["hidden_closed", "hidden_shared"];

    /// <summary>The ordinary town: two open datasets, one with a personal column, one closed, one shared.</summary>
    public static async Task<TestTown> BuildAsync()
    {
        var town = new TestTown();
        await town.PublishAsync("markets", Markets, MarketRows);
        await town.PublishAsync("probes", Probes, ProbeRows);
        await town.PublishAsync("reports", Reports, "id,topic,citizen_number\n1,Đường hỏng,PLANTED-7f3a-079123456789\n2,Rác,PLANTED-7f3a-079987654321\n");
        await town.PublishAsync("hidden_closed", HiddenContract("hidden_closed", "closed"), "id,secret_column\n1,PLANTED-7f3a-value\n");
        await town.PublishAsync("hidden_shared", HiddenContract("hidden_shared", "shared"), "id,secret_column\n1,PLANTED-7f3a-value\n");
        return town;
    }

    /// <summary>Makes a version that waits for an approval, as a run does; gives the name of the run.</summary>
    public async Task<Held> HoldAsync(string dataset, string yaml, string csv, params string[] askedBy)
    {
        var held = (Held)await PublishAsync(dataset, yaml, csv, holds: new WaitingFolders(DataFolder));
        var manifest = held.Snapshot.Manifest;
        await using var ledger = await RunLedger.OpenAsync(new LedgerOptions(DataFolder), TimeProvider.System, CancellationToken.None);
        await ledger.StartAsync(new RunStart(manifest.RunId, dataset, "schedule", manifest.StartedAt, WorkerIdentity.Current), CancellationToken.None);
        var lease = await ledger.TryAcquireAsync(dataset, manifest.RunId, TimeSpan.FromMinutes(1), 0, CancellationToken.None);
        var waiting = new WaitingVersion(manifest.RunId, dataset, manifest.ContentHash, manifest.ContractHash, held.ManifestSha256)
        {
            BaseVersion = manifest.PreviousVersion,
            ProposedBy = askedBy,
        };
        Assert.True(await ledger.HoldAsync(waiting, lease!.Token, CancellationToken.None));
        await ledger.ReleaseAsync(lease, CancellationToken.None);
        return held;
    }

    /// <summary>Writes the contract and publishes the rows; the same rows again give no new version.</summary>
    public async Task<PublishResult> PublishAsync(string dataset, string yaml, string csv, string? reason = null, WaitingFolders? holds = null)
    {
        WriteContract(dataset, yaml);
        var contract = CatalogReader.ReadContract(yaml, dataset + ".yaml").Contract
            ?? throw new InvalidOperationException("The test's contract has mistakes.");
        var number = Interlocked.Increment(ref _token);
        var run = string.Create(CultureInfo.InvariantCulture, $"run-{number}");
        var runFolder = Path.Combine(DataFolder, "work", run);
        Directory.CreateDirectory(runFolder);
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        var landed = await new LandingStore(DataFolder, TimeProvider.System).LandAsync(contract, runFolder, "test", bytes, CancellationToken.None);
        var staged = StagingLoader.Load(contract, [landed], new StagingOptions(runFolder), CancellationToken.None);
        var previous = Store.Current(dataset);
        var validated = new Validator(_engine).Validate(staged, contract, previous, new Dictionary<string, Snapshot>(StringComparer.Ordinal), CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        return new SnapshotPublisher(Store, _engine, TimeProvider.System).Publish(
            validated, previous, new PublishRequest(run, number, now, now, yaml) { Reason = reason, Holds = holds }, CancellationToken.None);
    }

    /// <summary>Writes a contract without publishing.</summary>
    public void WriteContract(string dataset, string yaml) => _folder.Write($"catalog/datasets/{dataset}.yaml", yaml);

    /// <summary>Writes a scoring framework.</summary>
    public void WriteFramework(string id, string yaml) => _folder.Write($"catalog/frameworks/{id}.yaml", yaml);

    public void Dispose() => _folder.Dispose();

    private static string HiddenContract(string id, string access)
        => Hidden.Replace("HIDDEN_ID", id, StringComparison.Ordinal).Replace("HIDDEN_ACCESS", access, StringComparison.Ordinal);
}
