using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using OpenData.TestKit;
using static OpenData.SampleAgencies.Tests.Recount;
using Records = System.Collections.Generic.IEnumerable<System.Collections.Generic.IReadOnlyDictionary<string, string>>;

namespace OpenData.SampleAgencies.Tests;

/// <summary>expected.json, on which the journeys rely, says what is really served.</summary>
public sealed class ExpectedTests(AgenciesFixture agencies) : IClassFixture<AgenciesFixture>
{
    private const string Quarter = "^[0-9]{4}-Q[1-4]$";
    private const string Agency = @"^19\.([A-Z]+|[0-9]{5})$";

    private static readonly Lazy<HashSet<string>> Communes = new(() => [.. CsvText.Read(
        File.ReadAllText(Repository.File("catalogs/thai-nguyen/data/admin-units/communes_2025.csv"))).Skip(1).Select(r => r[0])]);

    [Fact]
    public async Task One_stop_cases()
    {
        // What is stored keeps the day only, and no personal field.
        var records = Of(await agencies.CasesAsync("limit=2000")).Select(r => new Dictionary<string, string>(r)
        {
            ["ngayNop"] = r["ngayNop"].Split(' ')[0] + (r["ngayNop"].Contains('T', StringComparison.Ordinal) ? "T" : ""),
            ["ngayTra"] = r["ngayTra"].Split(' ')[0],
            ["capNhatLuc"] = r["capNhatLuc"][..10],
        });
        Check("one_stop_cases", new Recount(["maHoSo"], ["maThuTuc", "maXa", "kenh", "ngayNop", "ngayHenTra", "ngayTra", "trangThai", "lePhi", "thanhToanTrucTuyen", "capNhatLuc"])
            .Field("maHoSo", "case_id", "matches", v => Matches(v, @"^19\.[0-9]{5}\.[0-9]{6}\.[0-9]{6}$"))
            .Required("maXa", "commune")
            .Field("kenh", "channel", "one_of", v => v is "online" or "counter" or "post")
            .Field("ngayNop", "submitted_at", "type", v => IsDate(v, "dd/MM/yyyy"))
            .Field("ngayHenTra", "due_on", "type", v => IsDate(v, "dd/MM/yyyy"))
            .Field("ngayTra", "closed_at", "type", v => IsDate(v, "dd/MM/yyyy"))
            .Field("trangThai", "status", "one_of", v => v is "processing" or "additional_required" or "completed" or "refused")
            .Field("lePhi", "fee", "type", IsVietnameseNumber)
            .Rule("closed after submitted", r => r["ngayTra"].Length == 0 || Day(r["ngayTra"]) >= Day(r["ngayNop"]))
            .Rule("commune:exists_in(commune,current_communes.code)", r => Communes.Value.Contains(r["maXa"]))
            .Over(records));
    }

    [Fact]
    public async Task Public_services()
    {
        var text = CodePagesEncodingProvider.Instance.GetEncoding(1258)!.GetString(await agencies.BytesAsync("/public-services/services.csv")).Normalize(); // in the runtime
        var records = Csv(text, ',').ToList();
        var names = records[0].Keys.ToList();
        Check("public_services", new Recount([names[0]], names)
            .Field(names[0], "service_code", "matches", v => Matches(v, @"^[0-9]\.[0-9]{6}$"))
            .Field("Mức độ", "online_level", "one_of", v => v is "toàn trình" or "một phần" or "cung cấp thông tin")
            .Field("Lệ phí (đồng)", "fee", "type", IsVietnameseNumber)
            .Field("Thời hạn (ngày làm việc)", "working_days", "type", IsWhole)
            .Field("Ngày hiệu lực", "valid_from", "type", v => IsDate(v, "dd/MM/yyyy"))
            .Over(records));
    }

    [Fact]
    public async Task Document_exchange()
    {
        var lines = (await agencies.TextAsync("/documents/exchange.ndjson")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rule = new Recount(["thang", "maCoQuan"], ["tenCoQuan", "guiDi", "nhanVe", "kySo", "dienTuHoanToan"])
            .Field("thang", "month", "type", v => IsDate(v, "yyyy-MM-dd"))
            .Required("maCoQuan", "agency_code")
            .Field("maCoQuan", "agency_code", "matches", v => Matches(v, Agency));
        foreach (var (field, column) in new[] { ("guiDi", "sent"), ("nhanVe", "received"), ("kySo", "signed"), ("dienTuHoanToan", "fully_electronic") })
        {
            rule.Field(field, column, "type", IsWhole).Field(field, column, "min", v => Number(v) >= 0);
        }

        Check("document_exchange", rule.Rule("signed within sent", r => Number(r["kySo"]) <= Number(r["guiDi"]))
            .Over(Of(lines.Select(l => JsonSerializer.Deserialize<JsonElement>(l)))));
    }

    [Fact]
    public async Task Telecom_stations()
    {
        var rows = Cells(await agencies.BytesAsync("/telecom/stations.xlsx"));
        string[] head = ["Quý", "Mã xã", "Tên xã", "Doanh nghiệp", "3G", "4G", "5G", "Trạm dùng chung"];
        Assert.Equal("Trạm BTS", rows[2][4].Text);
        Assert.Equal(["3G", "4G", "5G"], rows[3].Skip(4).Take(3).Select(c => c.Text));
        var data = rows.Skip(4).TakeWhile(r => r[0].Text != "Tổng cộng").ToList();
        Assert.Equal(rows.Count - 6, data.Count);
        var records = data.Select(r => (IReadOnlyDictionary<string, string>)head.Zip(r).ToDictionary(p => p.First, p => (p is { First: "Mã xã", Second.IsNumber: true } ? "#" : "") + p.Second.Text));
        var rule = new Recount(["Quý", "Mã xã", "Doanh nghiệp"], head)
            .Field("Quý", "quarter", "matches", v => Matches(v, Quarter))
            .Field("Mã xã", "commune", "code_as_number", v => v[0] != '#')
            .Field("Mã xã", "commune", "matches", v => Matches(v, "^[0-9]{5}$"));
        foreach (var (field, column) in new[] { ("3G", "stations_3g"), ("4G", "stations_4g"), ("5G", "stations_5g"), ("Trạm dùng chung", "stations_shared") })
        {
            rule.Required(field, column).Field(field, column, "type", IsWhole).Field(field, column, "min", v => Number(v) >= 0);
        }

        Check("telecom_stations", rule.Over(records));
    }

    [Fact]
    public async Task Urban_trees()
    {
        using var document = JsonDocument.Parse(await agencies.BytesAsync("/trees/trees.geojson"));
        var records = document.RootElement.GetProperty("features").EnumerateArray().Select(f =>
        {
            var record = Record(f.GetProperty("properties"));
            record["geometry"] = f.GetProperty("geometry").ToString();
            return record;
        });
        var recount = new Recount(["maCay"], ["loaiCay", "chieuCao", "duongKinh", "ngayTrong", "maXa", "tinhTrang", "geometry"])
            .Field("maCay", "tree_id", "matches", v => Matches(v, "^CX[0-9]{7}$"))
            .Field("chieuCao", "height_m", "max", v => Number(v) <= 60)
            .Field("ngayTrong", "planted_on", "type", v => IsDate(v, "dd/MM/yyyy"))
            .Required("maXa", "commune")
            .Field("tinhTrang", "condition", "one_of", v => v is "good" or "watch" or "poor")
            .Required("geometry", "position")
            .Over(records);
        Check("urban_trees", recount);

        // Every point lies in the ward that it names, give or take the rounding at an edge.
        var outlines = Outline.Read();
        var outside = recount.Good.Count(r =>
        {
            var at = JsonDocument.Parse(r["geometry"]).RootElement.GetProperty("coordinates");
            return !outlines[r["maXa"]].Holds(at[0].GetDouble(), at[1].GetDouble());
        });
        Assert.InRange(outside, 0, 5);
    }

    [Fact]
    public async Task Citizen_reports()
    {
        var records = new List<JsonElement>();
        for (var page = 1; page == 1 || records.Count % 1000 == 0; page++)
        {
            records.AddRange((await agencies.JsonAsync(string.Create(CultureInfo.InvariantCulture, $"/reports/api/reports?size=1000&page={page}"))).GetProperty("data").EnumerateArray());
        }

        var recount = new Recount(["maPhanAnh"], ["linhVuc", "maXa", "tiepNhanLuc", "xuLyXongLuc", "danhGia"])
            .Field("maPhanAnh", "report_id", "matches", v => Matches(v, "^PA[0-9]{6}$"))
            .Field("linhVuc", "category", "one_of", v => v is "road" or "lighting" or "waste" or "water" or "order" or "land" or "other")
            .Required("tiepNhanLuc", "received_at")
            .Field("danhGia", "rating", "min", v => Number(v) >= 1)
            .Field("danhGia", "rating", "max", v => Number(v) <= 5)
            .Rule("resolved after received", r => r["xuLyXongLuc"].Length == 0 || Moment(r["xuLyXongLuc"]) >= Moment(r["tiepNhanLuc"]))
            .Over(Of(records));
        Check("citizen_reports", recount);

        // The open summary has small cells to hide, and larger ones to show.
        var cells = recount.Good.CountBy(r => (r["tiepNhanLuc"][..7], r["maXa"])).ToList();
        Assert.True(cells.Count(c => c.Value < 5) > 50);
        Assert.True(cells.Count(c => c.Value >= 5) > 300);
        Assert.Equal(Expected("citizen_reports_monthly").GetProperty("rows").GetInt32(), cells.Count);
    }

    [Fact]
    public async Task Community_digital_groups()
    {
        var records = Csv((await agencies.TextAsync("/community/groups.csv")).TrimStart('\uFEFF'), ',').ToList();
        var names = records[0].Keys.ToList();
        Check("community_digital_groups", new Recount(["Quý", "Mã xã"], names)
            .Field("Quý", "quarter", "matches", v => Matches(v, Quarter))
            .Required("Mã xã", "commune")
            .Field("Thành viên", "members", "type", IsWhole)
            .Rule("villages with group within villages", r => Number(r["Số thôn có tổ"]) <= Number(r["Số thôn, xóm, tổ dân phố"]))
            .Over(records));
    }

    [Fact]
    public async Task Cashless_markets()
    {
        var records = Csv(await agencies.TextAsync("/markets/cashless.csv"), ';').ToList();
        Check("cashless_markets", new Recount(["Tháng", "Mã chợ"], [.. records[0].Keys])
            .Field("Tháng", "month", "type", v => IsDate(v, "dd/MM/yyyy"))
            .Field("Giá trị giao dịch (triệu đồng)", "value_million", "type", IsVietnameseNumber)
            .Rule("QR stalls within stalls", r => Number(r["Số hộ nhận thanh toán QR"]) <= Number(r["Số hộ kinh doanh"]))
            .Over(records));
    }

    [Fact]
    public async Task Network_inventory()
    {
        var records = new List<JsonElement>();
        for (var page = await agencies.JsonAsync("/network/api/circuits?limit=100"); page.GetProperty("data").GetArrayLength() > 0;)
        {
            records.AddRange(page.GetProperty("data").EnumerateArray());
            page = await agencies.JsonAsync(string.Create(CultureInfo.InvariantCulture, $"/network/api/circuits?limit=100&offset={records.Count}"));
        }

        var seen = new HashSet<string>();
        Check("network_inventory", new Recount(["quy", "maCoQuan"], ["tenCoQuan", "soKenh", "daKetNoi", "bangThong"])
            .Field("maCoQuan", "agency_code", "matches", v => Matches(v, Agency))
            .Field("bangThong", "bandwidth_mbps", "min", v => Number(v) >= 0)
            .Rule("unique(quarter,circuit)", r => seen.Add(r["quy"] + r["soKenh"]))
            .Over(Of(records)));
    }

    [Fact]
    public async Task Traceability_stamps()
    {
        var records = await CkanTests.RowsAsync(agencies, 100);
        var names = records[0].EnumerateObject().Select(p => p.Name).Where(n => n != "_id").ToList();
        var rule = new Recount([names[0], names[1], names[3]], names)
            .Field(names[1], "product_code", "matches", v => Matches(v, "^SP[0-9]{2}$"))
            .Field(names[3], "commune", "matches", v => Matches(v, "^[0-9]{5}$"))
            .Field(names[4], "stamps", "min", v => Number(v) >= 0)
            .Rule("used within issued", r => Number(r[names[5]]) <= Number(r[names[4]]));
        Check("traceability_stamps", rule.Over(Of(records)));
    }

    [Fact]
    public void The_documented_table_says_the_same()
    {
        var lines = File.ReadAllLines(Repository.File("docs/sample-agencies.md"));
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.File("samples/OpenData.SampleAgencies/expected.json")));
        var served = document.RootElement.GetProperty("datasets").EnumerateObject().Where(d => d.Value.GetProperty("quarantined").GetInt32() > 0).ToList();
        Assert.Equal(10, served.Count);
        Assert.All(served, d => Assert.Contains(
            $"| {d.Name} | " + string.Join(" | ", new[] { "received", "quarantined", "duplicates", "superseded", "rows" }.Select(n => d.Value.GetProperty(n).GetRawText())) + " |",
            lines));
        Assert.All(served.SelectMany(d => d.Value.GetProperty("rules").EnumerateArray().Select(r => (d.Name, Rule: r))), one => Assert.Contains(
            lines,
            line => line.StartsWith($"| {one.Name} | ", StringComparison.Ordinal)
                && line.Contains($"`{one.Rule.GetProperty("rule").GetString()}` | {one.Rule.GetProperty("rows").GetRawText()} |", StringComparison.Ordinal)));
    }

    private static void Check(string dataset, Recount recount)
    {
        var expected = Expected(dataset);
        var rules = expected.GetProperty("rules").EnumerateArray().ToDictionary(
            r => (r.TryGetProperty("column", out var column) ? column.GetString() + ":" : "") + r.GetProperty("rule").GetString(),
            r => r.GetProperty("rows").GetInt32());
        Assert.Equal(new SortedDictionary<string, int>(rules, StringComparer.Ordinal), recount.Refused);
        Assert.Equal(expected.GetProperty("received").GetInt32(), recount.Received);
        Assert.Equal(expected.GetProperty("quarantined").GetInt32(), recount.Refused.Values.Sum());
        Assert.Equal(expected.GetProperty("duplicates").GetInt32(), recount.Duplicates);
        Assert.Equal(expected.GetProperty("superseded").GetInt32(), recount.Superseded);
        Assert.Equal(expected.GetProperty("rows").GetInt32(), recount.Good.Count);
    }

    private static JsonElement Expected(string dataset)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.File("samples/OpenData.SampleAgencies/expected.json")));
        return document.RootElement.GetProperty("datasets").GetProperty(dataset).Clone();
    }

    private static Records Csv(string text, char delimiter)
    {
        var records = CsvText.Read(text, delimiter);
        return records.Skip(1).Select(r => records[0].Zip(r).ToDictionary(p => p.First, p => p.Second));
    }

    private static Records Of(IEnumerable<JsonElement> records) => records.Select(Record);

    private static Dictionary<string, string> Record(JsonElement record)
        => record.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString());

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static List<List<(string Text, bool IsNumber)>> Cells(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        using var part = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open(); // asserted by use
        XNamespace ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        return
        [
            .. XDocument.Load(part).Descendants(ns + "row").Select(row =>
            {
                var cells = Enumerable.Repeat(("", false), 8).ToList();
                foreach (var cell in row.Elements(ns + "c"))
                {
                    cells[cell.Attribute("r")!.Value[0] - 'A'] = (cell.Value, cell.Attribute("t") is null); // every cell has its place
                }

                return cells;
            }),
        ];
    }
}
