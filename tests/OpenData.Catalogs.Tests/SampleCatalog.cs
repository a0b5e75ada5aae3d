using OpenData.TestKit;

namespace OpenData.Catalogs.Tests;

/// <summary>A catalogue folder with two good contracts that a test may break.</summary>
internal sealed class SampleCatalog : IDisposable
{
    public const string Publishers = """
        publishers:
          - { id: so_noi_vu, name: { vi: Sở Nội vụ, en: Department of Home Affairs }, agency_code: H55.10, email: sonoivu@example.vn }
          - { id: so_kh_cn, name: { vi: Sở Khoa học và Công nghệ, en: Department of Science and Technology }, url: https://example.vn }
        """;

    public const string Themes = """
        themes:
          - { id: government, name: { vi: Chính quyền, en: Government }, eu_theme: http://publications.europa.eu/resource/authority/data-theme/GOVE }
        """;

    public const string Licenses = """
        licenses:
          - id: vn_open_1
            name: { vi: Giấy phép mở, en: Open licence }
            text: { vi: Được dùng lại., en: May be reused. }
            attribution: { vi: 'Nguồn: {publisher}, {title}, {version}', en: 'Source: {publisher}, {title}, {version}' }
            valid_from: 2025-01-01
        """;

    public const string Units = """
        dataset: administrative_units
        title: { vi: Đơn vị hành chính, en: Administrative units }
        summary: { vi: Mỗi dòng là một đơn vị., en: One row per unit. }
        publisher: so_noi_vu
        theme: government
        license: vn_open_1
        source: { kind: manual, path: ../data/units.csv }
        key: [code, level, valid_from]
        columns:
          - { name: code, type: code, title: { vi: Mã, en: Code } }
          - { name: level, type: text, one_of: [province, commune], title: { vi: Cấp, en: Level } }
          - { name: name, type: text, required: true, title: { vi: Tên, en: Name } }
          - { name: valid_from, type: date, title: { vi: Từ ngày, en: From } }
          - { name: valid_to, type: date, title: { vi: Đến ngày, en: To } }
        """;

    public const string Cases = """
        dataset: one_stop_cases                 # also the OData entity set
        title: { vi: Hồ sơ một cửa, en: One-stop administrative cases }
        summary: { vi: Mỗi dòng là một hồ sơ giả lập., en: One row per case; synthetic. }
        publisher: so_noi_vu
        theme: government
        keywords: { vi: [thủ tục hành chính], en: [administrative procedure] }
        license: vn_open_1
        legal_basis: [ { act: 278/2025/NĐ-CP, from: 2025-10-22 } ]
        contact: { name: Phòng dữ liệu, email: data@example.vn }
        access: open
        synthetic: true
        coverage: { area: "19", from: 2024-01-01 }
        source:
          kind: http_json
          url: ${ONE_STOP_URL}/api/cases
          auth: { bearer: "${ONE_STOP_TOKEN}" }
          records: $.data
          paging: { style: cursor, next: $.next }
          total: $.total
          incremental: { column: updated_at, parameter: updated_since, overlap: PT10M }
        refresh: { cron: "0 30 1 * * ?", time_zone: Asia/Ho_Chi_Minh, due_within: PT36H, misfire: run_once }
        load: merge
        key: [case_id]
        order: [submitted_at, case_id]
        columns:
          - { name: case_id, from: maHoSo, type: text, required: true, matches: '^[0-9]{3}\.[0-9]{4}-[0-9]+$', title: { vi: Mã hồ sơ, en: Case number } }
          - { name: commune, from: maXa, type: code, codelist: administrative_units, required: true, title: { vi: Xã, en: Commune } }
          - { name: fee, from: lePhi, type: "decimal(14,0)", unit: VND, number_format: vi, min: 0, title: { vi: Lệ phí, en: Fee } }
          - { name: submitted_at, from: ngayNop, type: timestamp, format: "dd/MM/yyyy HH:mm", time_zone: Asia/Ho_Chi_Minh, truncate: day, title: { vi: Ngày nộp, en: Submitted } }
          - { name: closed_at, type: timestamp, title: { vi: Ngày xong, en: Closed } }
          - { name: updated_at, type: timestamp, title: { vi: Cập nhật, en: Updated } }
          - { name: channel, from: kenh, type: text, one_of: [online, counter, post], null_texts: ["-"], title: { vi: Kênh, en: Channel } }
          - { name: citizen_id, from: cccd, type: text, privacy: personal }
        expectations:
          - { rule: unique, columns: [case_id], on_fail: quarantine }
          - { rule: sql, check: closed_at is null or closed_at >= submitted_at, on_fail: quarantine }
          - { rule: exists_in, column: commune, dataset: administrative_units, match: code, on_fail: warn }
          - { rule: row_count, min: 1, shrink_max: 0.2, on_fail: block }
          - { rule: quarantine_share, max: 0.01, on_fail: block }
        drift: { new_column: propose, missing_column: block, type: quarantine }
        relations:
          commune_unit: { to: administrative_units, on: { commune: code }, as_at: submitted_at }
        distributions: [csv, csv_excel, xlsx, json, ndjson, parquet, arrow]
        keep: { versions: 24, bytes: 20GB, landing: P30D }
        """;

    private readonly TestFolder _folder = new();

    public SampleCatalog()
    {
        _folder.Write("publishers.yaml", Publishers);
        _folder.Write("themes.yaml", Themes);
        _folder.Write("licenses.yaml", Licenses);
        _folder.Write("data/units.csv", "code,level,name,valid_from,valid_to\n");
        Write("administrative_units", Units);
        Write("one_stop_cases", Cases);
    }

    public string Folder => _folder.Path;

    /// <summary>Writes a file of the catalogue.</summary>
    public void File(string name, string text) => _folder.Write(name, text);

    /// <summary>Writes a contract.</summary>
    public void Write(string dataset, string yaml) => _folder.Write($"datasets/{dataset}.yaml", yaml);

    public CatalogReading Read() => CatalogReader.Read(_folder.Path);

    public void Dispose() => _folder.Dispose();

    /// <summary>A small derived contract.</summary>
    public static string Derived(string id, string parents, string query, string more = "access: open") => $$"""
        dataset: {{id}}
        title: { vi: Tổng hợp, en: Aggregate }
        summary: { vi: Mỗi dòng là một nhóm., en: One row per group. }
        publisher: so_noi_vu
        theme: government
        license: vn_open_1
        source: { kind: sql, query: "{{query}}", parents: [{{parents}}] }
        key: [commune]
        columns:
          - { name: commune, type: code, title: { vi: Xã, en: Commune } }
          - { name: cases, type: integer, title: { vi: Số hồ sơ, en: Cases } }
        {{more}}
        """;
}
