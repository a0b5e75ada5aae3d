using System.Security.Cryptography;
using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Tests.Publishing;

public sealed class SnapshotPublisherTests : IDisposable
{
    private const string Columns = """
        name: id, type: code, required: true, title: { vi: Mã, en: Code }
        name: label, type: text, title: { vi: Tên, en: Name }
        name: amount, type: "decimal(14,2)", title: { vi: Số, en: Amount }
        name: noted, type: timestamp, title: { vi: Lúc, en: At }
        """;

    private static readonly string Things = PublishingBench.Yaml(Columns, more: "order: [noted, id]");

    private static readonly string[] Rows =
    [
        "'002', 'Hoà Bình', 1.50, TIMESTAMP '2025-07-01 01:30:00'",
        "'001', NULL, NULL, TIMESTAMP '2025-07-02 01:30:00'",
        "'010', '', -3, NULL",
    ];

    private readonly PublishingBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void What_is_published_reads_back_in_physical_order_with_rid_and_folded_text()
    {
        var result = Assert.IsType<PublishedSnapshot>(_bench.Publish(Things, Rows));

        var current = _bench.Store.Current("things");
        Assert.NotNull(current);
        Assert.Equal(result.Snapshot.Version, current.Version);
        Assert.Equal(
            [
                ["002", "Hoà Bình", "1.50", "2025-07-01 01:30:00", "0", "hoa binh"],
                ["001", null, null, "2025-07-02 01:30:00", "1", null],
                ["010", "", "-3.00", null, "2", null],
            ],
            PublishingBench.Read(current, "id, label, amount, noted, _rid, _s"));
        Assert.Equal(
            "id,label,amount,noted\n002,Hoà Bình,1.50,2025-07-01T08:30:00+07:00\n001,,,2025-07-02T08:30:00+07:00\n010,\"\",-3.00,\n",
            PublishingBench.Csv(current));
        Assert.Equal(new RunCounts(3, 3, 0, 0, 0, 0, 0, 0, 0), result.Counts);
        Assert.Equal(3, current.Manifest.Rows);
        Assert.Equal(["id", "label", "amount", "noted"], current.Contract.PublicColumns.Select(c => c.Name));
        Assert.Empty(new SnapshotVerifier(_bench.Store).VerifyAll(CancellationToken.None));
    }

    [Fact]
    public void The_same_input_twice_makes_no_new_version_whatever_the_order_of_its_records()
    {
        var first = _bench.Publish(Things, Rows);
        var second = Assert.IsType<Unchanged>(_bench.Publish(Things, Rows.Reverse()));

        Assert.Equal(first.Snapshot.Version, second.Snapshot.Version);
        Assert.Equal(new RunCounts(3, 0, 0, 3, 0, 0, 0, 0, 0), second.Counts);
        Assert.Single(_bench.Store.Versions("things"));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_bench.DataFolder, "work"), "*.version", SearchOption.AllDirectories));
    }

    [Fact]
    public void Equal_rows_give_equal_content_hash_CSV_and_Parquet_bytes_in_another_folder_and_under_another_culture()
    {
        var here = _bench.Publish(Things, Rows).Snapshot;
        using var other = new PublishingBench();
        Snapshot? there = null;
        Culture.Vietnamese(() => there = other.Publish(Things, Rows.Reverse()).Snapshot);

        Assert.NotNull(there);
        Assert.Equal(here.Manifest.ContentHash, there.Manifest.ContentHash);
        foreach (var file in (string[])[SnapshotFiles.CsvGzip, SnapshotFiles.Parquet])
        {
            Assert.Equal(Hash(here.Path(file)), Hash(there.Path(file)));
        }

        Assert.Equal(ManifestText(here), ManifestText(there));
    }

    [Fact]
    public void A_version_is_never_written_to_again()
    {
        var first = _bench.Publish(Things, Rows).Snapshot;
        var before = Directory.EnumerateFiles(first.Folder).Order(StringComparer.Ordinal).Select(f => (f, Hash(f), File.GetLastWriteTimeUtc(f))).ToList();

        _bench.Publish(Things, Rows[..2]);
        _bench.Publish(Things, Rows);

        Assert.Equal(before, Directory.EnumerateFiles(first.Folder).Order(StringComparer.Ordinal).Select(f => (f, Hash(f), File.GetLastWriteTimeUtc(f))));
        Assert.Equal(3, _bench.Store.Versions("things").Count);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.EnumerateFiles(first.Folder))
            {
                Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & UnixFileMode.UserWrite);
            }
        }
    }

    [Fact]
    public void The_gzip_header_holds_no_time()
    {
        var snapshot = _bench.Publish(Things, Rows).Snapshot;
        var header = File.ReadAllBytes(snapshot.Path(SnapshotFiles.CsvGzip))[..8];

        Assert.Equal([0x1f, 0x8b, 8, 0, 0, 0, 0, 0], header);
    }

    [Fact]
    public void Parquet_holds_the_same_rows_with_timestamps_as_instants()
    {
        var snapshot = _bench.Publish(Things, Rows).Snapshot;
        using var engine = DuckDbEngine.InMemory(PublishingBench.Engine);
        using var connection = engine.Connect();
        PublishingBench.Run(connection, "SET TimeZone = 'UTC'");
        using var reader = connection.Stream(
            PublishingBench.Sql($"SELECT id || '|' || coalesce(label, '~') || '|' || coalesce(amount::VARCHAR, '~') || '|' || coalesce(noted::VARCHAR, '~') FROM '{snapshot.Path(SnapshotFiles.Parquet)}'"),
            CancellationToken.None);

        Assert.True(reader.Read(out var chunk));
        Assert.Equal(
            ["002|Hoà Bình|1.50|2025-07-01 01:30:00+00", "001|~|~|2025-07-02 01:30:00+00", "010||-3.00|~"],
            [Text(chunk, 0), Text(chunk, 1), Text(chunk, 2)]);
    }

    [Fact]
    public void Lines_get_a_box_and_bytes_that_are_no_geometry_end_by_name_and_change_nothing()
    {
        var yaml = PublishingBench.Yaml("""
            name: id, type: integer, required: true, title: { vi: Số, en: Number }
            name: road, type: "geometry(line)", title: { vi: Đường, en: Road }
            """);
        const string Line = "010200000002000000" + "0000000000001040" + "000000000000F03F" + "0000000000000840" + "0000000000001440"; // from 4 1 to 3 5
        var snapshot = _bench.Publish(yaml, $"1, from_hex('{Line}')", "2, NULL").Snapshot;
        Assert.Equal(
            [["1", "3.0", "1.0", "4.0", "5.0"], ["2", null, null, null, null]], PublishingBench.Read(snapshot, "id, _road_xmin, _road_ymin, _road_xmax, _road_ymax"));

        var refused = Assert.Throws<OpenDataException>(() => _bench.Publish(yaml, $"1, from_hex('{Line}')", "2, from_hex('01FF000000')"));
        Assert.Equal(PublishingErrors.ReadBackDiffers, refused.Code);
        Assert.Equal(snapshot.Version, _bench.Store.Current("things")!.Version);
    }

    [Fact]
    public void Points_get_longitude_and_latitude_and_Parquet_says_that_they_are_geometries()
    {
        var yaml = PublishingBench.Yaml("""
            name: id, type: integer, required: true, title: { vi: Số, en: Number }
            name: place, type: "geometry(point)", title: { vi: Nơi, en: Place }
            """);
        var snapshot = _bench.Publish(yaml, "1, from_hex('0101000000000000000000F03F0000000000000040')", "2, NULL").Snapshot;

        Assert.Equal([["1", "1.0", "2.0"], ["2", null, null]], PublishingBench.Read(snapshot, "id, _place_lon, _place_lat"));
        Assert.Equal("id,place\n1,\"POINT (1 2)\"\n2,\n", PublishingBench.Csv(snapshot));
        using var engine = DuckDbEngine.InMemory(PublishingBench.Engine);
        using var connection = engine.Connect();
        using var reader = connection.Stream(
            PublishingBench.Sql($"SELECT decode(value) FROM parquet_kv_metadata('{snapshot.Path(SnapshotFiles.Parquet)}') WHERE decode(key) = 'geo'"), CancellationToken.None);
        Assert.True(reader.Read(out var chunk));
        Assert.Contains("\"encoding\":\"WKB\"", Text(chunk, 0), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lower_or_equal_token_is_refused_and_the_version_stays()
    {
        var first = _bench.PublishWithToken(Things, 7, Rows).Snapshot;
        foreach (var token in (long[])[7, 6, 1])
        {
            var refused = Assert.Throws<OpenDataException>(() => _bench.PublishWithToken(Things, token, Rows[..1]));
            Assert.Equal(PublishingErrors.StaleToken, refused.Code);
        }

        Assert.Equal(first.Version, _bench.Store.Current("things")!.Version);
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(Path.Combine(_bench.DataFolder, "published", "things")).Count());
    }

    [Fact]
    public void A_worker_whose_base_was_replaced_meanwhile_is_refused()
    {
        var contract = PublishingBench.Contract(Things);
        var slow = _bench.Validate(contract, Rows[..1]);
        _bench.PublishWithToken(Things, 4, Rows);

        var refused = Assert.Throws<OpenDataException>(() => _bench.Publish(slow, previous: null, Things, token: 5));
        Assert.Equal(PublishingErrors.BaseChanged, refused.Code);
    }

    [Fact]
    public void While_another_worker_publishes_nobody_else_does()
    {
        var first = _bench.Publish(Things, Rows).Snapshot;
        var gate = Path.Combine(_bench.DataFolder, "published", "things", "current", ".lock");
        using (new FileStream(gate, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(PublishingErrors.BaseChanged, Assert.Throws<OpenDataException>(() => _bench.Publish(Things, Rows[..1])).Code);
        }

        Assert.Equal(first.Version, _bench.Store.Current("things")!.Version);
        Assert.IsType<PublishedSnapshot>(_bench.Publish(Things, Rows[..1]));
    }

    [Fact]
    public void The_stored_contract_is_the_one_that_the_rows_were_checked_by()
    {
        var validated = _bench.Validate(PublishingBench.Contract(Things), Rows);
        var other = Things.Replace("order: [noted, id]", "order: [id]", StringComparison.Ordinal);

        Assert.Equal(PublishingErrors.StoredContractUnreadable, Assert.Throws<OpenDataException>(() => _bench.Publish(validated, null, other, 1)).Code);
        Assert.Equal(PublishingErrors.StoredContractUnreadable, Assert.Throws<OpenDataException>(() => _bench.Publish(validated, null, "no: contract", 1)).Code);
    }

    [Fact]
    public void A_clock_that_went_back_still_gives_a_later_name()
    {
        var first = _bench.Publish(Things, Rows).Snapshot;
        _bench.Clock.Now = _bench.Clock.Now.AddDays(-1);
        var second = _bench.Publish(Things, Rows[..1]).Snapshot;

        Assert.True(string.CompareOrdinal(first.Version, second.Version) < 0);
        Assert.Equal([second.Version, first.Version], _bench.Store.Versions("things").Select(v => v.Version));
    }

    [Fact]
    public void A_failing_disk_at_any_step_is_a_named_error_and_leaves_the_last_version()
    {
        var first = _bench.Publish(Things, Rows).Snapshot;
        foreach (var point in SnapshotPublisher.FaultPoints.Where(p => p != "publish.pointed"))
        {
            using (Fault.ThrowAt(point))
            {
                var failed = Assert.Throws<OpenDataException>(() => _bench.Publish(Things, Rows[..2]));
                Assert.Equal(PublishingErrors.DiskFailed, failed.Code);
            }

            Assert.Equal(first.Version, _bench.Store.Current("things")!.Version);
            Assert.Empty(new SnapshotVerifier(_bench.Store).VerifyAll(CancellationToken.None));
            Assert.Equal(2, Directory.EnumerateFileSystemEntries(Path.Combine(_bench.DataFolder, "published", "things")).Count());
        }

        Assert.IsType<PublishedSnapshot>(_bench.Publish(Things, Rows[..2]));
    }

    [Fact]
    public void A_row_key_is_the_same_for_the_same_input_and_keeps_equal_rows_apart()
    {
        var yaml = PublishingBench.Yaml("name: word, type: text, title: { vi: Chữ, en: Word }", key: "row");
        var first = _bench.Publish(yaml, "'a'", "'b'", "'a'");
        var second = _bench.Publish(yaml, "'a'", "'a'", "'b'");

        Assert.IsType<Unchanged>(second);
        var keys = PublishingBench.Read(first.Snapshot, "word, _key");
        Assert.Equal(3, keys.Select(k => k[1]).Distinct().Count());
        Assert.Equal(["1", "1", "2"], keys.Select(k => k[1]!.Split('-')[1]).Order(StringComparer.Ordinal));
    }

    private static string Text(ResultChunk chunk, int row) => System.Text.Encoding.UTF8.GetString(chunk[0].Utf8(row));

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    // All but what may differ between two folders: the bytes of the DuckDB file.
    private static string ManifestText(Snapshot snapshot)
        => System.Text.Encoding.UTF8.GetString(ManifestJson.Write(snapshot.Manifest with
        {
            Files = [.. snapshot.Manifest.Files.Where(f => f.Name != SnapshotFiles.Data)],
        }));
}
