namespace OpenData.Portal.Tests.OData;

/// <summary>One portal over a dataset with a column of every type and of every rule, and one without words to search.</summary>
public sealed class EveryTypeFixture : IAsyncLifetime
{
    private const string Things = """
        dataset: things
        title: { vi: Đồ vật, en: Things }
        summary: { vi: Mỗi dòng là một đồ vật., en: One row per thing. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/things.csv" }
        load: replace
        key: [id]
        columns:
          - { name: id, type: code, required: true, matches: '[A-Z][0-9]{3}', title: { vi: Mã, en: Id } }
          - { name: name, type: text, title: { vi: Tên, en: Name }, description: { vi: "Tên gọi thường ngày, \"như\" <b>dân</b> gọi", en: "The \"everyday\" <b>name</b>" } }
          - { name: word, type: text, matches: 'a\d+', title: { vi: Từ, en: Word } }
          - { name: state, type: text, one_of: [tốt, kém], title: { vi: Tình trạng, en: State } }
          - { name: grade, type: integer, one_of: ["1", "2", "3"], title: { vi: Hạng, en: Grade } }
          - { name: level, type: integer, min: 1, max: 5, title: { vi: Mức, en: Level } }
          - { name: price, type: "decimal(12,2)", unit: VND, min: 0.5, title: { vi: Giá, en: Price } }
          - { name: share, type: float, min: 0, max: 1, title: { vi: Tỷ lệ, en: Share } }
          - { name: open, type: boolean, title: { vi: Mở, en: Open } }
          - { name: day, type: date, min: 2020-01-01, title: { vi: Ngày, en: Day } }
          - { name: at, type: timestamp, min: "2020-01-01T00:00:00", title: { vi: Lúc, en: At } }
          - { name: opens, type: time, min: "06:00", title: { vi: Giờ mở, en: Opens } }
          - { name: took, type: duration, max: PT36H, title: { vi: Thời gian, en: Took } }
          - { name: uid, type: uuid, title: { vi: Định danh, en: Identifier } }
          - { name: extra, type: json, title: { vi: Khác, en: Extra } }
          - { name: place, type: geometry(point), title: { vi: Vị trí, en: Place } }
          - { name: area, type: geometry(polygon), title: { vi: Vùng, en: Area } }
          - { name: tags, type: list(text), title: { vi: Nhãn, en: Tags } }
          - { name: owner, type: text, privacy: personal, title: { vi: "Chủ PLANTED-7f3a", en: "Owner PLANTED-7f3a" } }
        """;

    private const string Rows = """"
        id,name,word,state,grade,level,price,share,open,day,at,opens,took,uid,extra,place,area,tags,owner
        A001,Ghế gỗ,a1,tốt,1,5,1200.50,0.25,true,2024-02-29,2024-02-29T08:30:00+07:00,07:30:00,PT2H30M,01234567-89ab-cdef-0123-456789abcdef,"{""a"":1}",POINT (105.84 21.59),"POLYGON ((105 21,106 21,106 22,105 21))","[""gỗ"",""cũ""]",PLANTED-7f3a
        A002,Bàn,a22,kém,3,1,0.50,1,false,2020-01-01,2020-01-01T00:00:00+07:00,06:00:00,PT36H,,,,,[],PLANTED-7f3a
        A003,,,,,,,,,,,,,,,,,,PLANTED-7f3a
        A004,Đèn,a3,tốt,1,9,1,0,true,2021-01-01,2021-01-01T00:00:00+07:00,07:00:00,PT1H,,,,,,PLANTED-7f3a
        """";

    private const string Codes = """
        dataset: codes
        title: { vi: Các mã, en: Codes }
        summary: { vi: Mỗi dòng là một mã., en: One row per code. }
        publisher: so_cong_thuong
        theme: economy
        license: vn_open_1
        source: { kind: csv, url: "${AGENCIES_URL}/codes.csv" }
        load: merge
        key: [id]
        relations:
          things_of: { to: things, on: { id: word } }
          lost: { to: nowhere, on: { id: id } }
        columns:
          - { name: id, type: code, matches: '[A-Z]', title: { vi: Mã, en: Id } }
          - { name: level, type: integer, min: 1, title: { vi: Mức, en: Level } }
        """;

    /// <summary>The data.</summary>
    public TestTown Town { get; } = new();

    /// <summary>The server.</summary>
    public RunningPortal Portal { get; private set; } = null!; // Set before the first test.

    public async Task InitializeAsync()
    {
        await Town.PublishAsync("things", Things, Rows);
        await Town.PublishAsync("codes", Codes, "id,level\nA,1\n");
        // Orders of so many columns do not always fit into the 64 MiB that the least portal gives its quick lane.
        Portal = await RunningPortal.StartAsync(Town, o => o with { MemoryMb = 1024 });
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        Town.Dispose();
    }
}
