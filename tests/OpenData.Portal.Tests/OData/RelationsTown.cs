using System.Globalization;
using System.Text;

namespace OpenData.Portal.Tests.OData;

/// <summary>Shops in areas whose codes were used for other areas before, shops that belong to head shops, and a portal over them.</summary>
public sealed class RelationsTown : IAsyncLifetime, IDisposable
{
    public const string AreasContract = """
        dataset: areas
        title: { vi: Khu vực, en: Areas }
        summary: { vi: Mỗi dòng là một khu vực trong một thời kỳ., en: One row per area and period. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/areas.csv" }
        key: [code, valid_from]
        columns:
          - { name: code, type: code, title: { vi: Mã, en: Code } }
          - { name: valid_from, type: date, title: { vi: Từ, en: From } }
          - { name: valid_to, type: date, title: { vi: Đến, en: To } }
          - { name: name, type: text, title: { vi: Tên, en: Name } }
          - { name: rank, type: integer, title: { vi: Hạng, en: Rank } }
        """;

    public const string ShopsContract = """
        dataset: shops
        title: { vi: Cửa hàng, en: Shops }
        summary: { vi: Mỗi dòng là một cửa hàng., en: One row per shop. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/shops.csv" }
        key: [shop_id]
        order: [shop_id]
        columns:
          - { name: shop_id, type: code, title: { vi: Mã, en: Id } }
          - { name: area, type: code, title: { vi: Khu vực, en: Area } }
          - { name: seen_on, type: date, title: { vi: Ngày, en: Day } }
          - { name: seen_at, type: timestamp, title: { vi: Lúc, en: Time } }
          - { name: head, type: code, title: { vi: Cửa hàng chính, en: Head shop } }
          - { name: fee, type: integer, title: { vi: Phí, en: Fee } }
          - { name: goods, type: list(code), title: { vi: Hàng, en: Goods } }
        relations:
          area_then: { to: areas, on: { area: code }, as_at: seen_on }
          area_at: { to: areas, on: { area: code }, as_at: seen_at }
          area_ever: { to: areas, on: { area: code } }
          head_shop: { to: shops, on: { head: shop_id } }
          branches: { to: shops, on: { shop_id: head } }
          unborn: { to: not_yet, on: { area: id } }
        """;

    public const string AreaRows = """
        code,valid_from,valid_to,name,rank
        01,2000-01-01,2025-07-01,Cũ một,1
        01,2025-07-01,,Mới một,2
        02,2025-07-01,,Mới hai,3
        """;

    public const string ShopRows = """
        shop_id,area,seen_on,seen_at,head,fee,goods
        a,01,2025-06-30,2025-06-30T23:59:59+07:00,,5,"[""Gạo"",""Chè""]"
        b,01,2025-07-01,2025-07-01T00:00:00+07:00,a,7,
        c,02,2024-01-01,2025-12-01T08:00:00+07:00,a,,"[""Chè""]"
        d,,2025-08-01,,b,1,[]
        e,99,,2025-08-01T08:00:00+07:00,zz,2,
        """;

    private const string NotYet = """
        dataset: not_yet
        title: { vi: Chưa có, en: Not yet }
        summary: { vi: Chưa công bố., en: Not published yet. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/not_yet.csv" }
        key: [id]
        columns:
          - { name: id, type: code, title: { vi: Mã, en: Id } }
        """;

    public TestTown Town { get; } = new();

    public RunningPortal Portal { get; private set; } = null!; // Set before the first test.

    public async Task InitializeAsync()
    {
        Town.WriteContract("not_yet", NotYet);
        await Town.PublishAsync("areas", AreasContract, AreaRows);
        await Town.PublishAsync("shops", ShopsContract, ShopRows);
        Portal = await RunningPortal.StartAsync(Town);
    }

    /// <summary>So many shops of one area; every tenth is a head shop.</summary>
    public static string ManyShops(int count)
    {
        var rows = new StringBuilder("shop_id,area,seen_on,seen_at,head,fee,goods\n");
        for (var i = 0; i < count; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"s{i:00000},01,2025-08-01,,s{i / 10 * 10:00000},{i % 7},\n");
        }

        return rows.ToString();
    }

    public async Task DisposeAsync() => await Portal.DisposeAsync();

    public void Dispose() => Town.Dispose();
}
