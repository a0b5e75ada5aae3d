using OpenData.Catalogs;

namespace OpenData.Portal.Scores;

/// <summary>The words of the page of provinces, written in each language for itself.</summary>
internal static class ProvinceWords
{
    public static readonly LocalText ProvincesTitle = new("Chuyển đổi số cấp tỉnh: số liệu đã công bố", "Provincial digital transformation: published figures");
    public static readonly LocalText ProvincesLead = new(
        "Thứ hạng và điểm DTI của Thái Nguyên, Huế và Thanh Hoá theo từng năm, đúng như đã được công bố. Năm nào chưa tìm thấy số liệu thì để trống, không suy đoán.",
        "Places and scores of Thái Nguyên, Huế and Thanh Hoá in the provincial index (DTI) by year, as they were published. A year without a known figure stays empty; nothing is guessed.");
    public static readonly LocalText HowToRead = new("Cách đọc", "How to read this");
    public static readonly LocalText BreakNote = new(
        "Vạch đứng nét đứt là chỗ bộ chỉ số thay đổi. Điểm hai bên vạch được tính theo hai cách khác nhau nên không so sánh trực tiếp được, và không có đường nào nối qua vạch.",
        "A dashed upright line stands where the framework changed. Figures on its two sides were computed in different ways and must not be compared directly; no line crosses it.");
    public static readonly LocalText PlaceNote = new(
        "Hạng 1 ở trên cùng; xếp hạng trong 63 tỉnh, thành phố trước ngày 01/7/2025. Thái Nguyên khi đó chưa hợp nhất với Bắc Kạn; Huế khi đó là tỉnh Thừa Thiên Huế.",
        "The first place is on top, of the 63 provinces before 1 July 2025. Thái Nguyên was not yet merged with Bắc Kạn; Huế was then the province of Thừa Thiên Huế.");
    public static readonly LocalText PillarNote = new(
        "Ba trụ cột có phần chỉ số chung nên không cộng điểm các trụ cột với nhau.",
        "The three pillars share main indices, so their scores must not be added.");
    public static readonly LocalText PlaceByYear = new("Hạng theo năm", "Place by year");
    public static readonly LocalText Province = new("Tỉnh", "Province");
    public static readonly LocalText CellNote = new("Trong bảng: hạng/số tỉnh được xếp hạng, điểm (0–1) nếu có, và số thứ tự của nguồn trong ngoặc vuông.", "In the tables: place/provinces ranked, the score (0 to 1) where it was published, and the number of the source in brackets.");
    public static readonly LocalText NoFigures = new("Chưa có số liệu nào của ba tỉnh này được công bố trong bộ dữ liệu.", "The dataset has no published figure of these three provinces yet.");
    public static readonly LocalText Frameworks = new("Các bộ chỉ số", "The frameworks");
    public static readonly LocalText YearsAssessed = new("năm đánh giá", "years assessed");
    public static readonly LocalText SeeProvinces = new("Xem theo năm và trụ cột của Thái Nguyên, Huế và Thanh Hoá", "See Thái Nguyên, Huế and Thanh Hoá by year and pillar");
    public static readonly LocalText Sources = new("Nguồn số liệu", "Sources");
    public static readonly LocalText SourcesNote = new("Mỗi số liệu kèm nơi đọc được. Toàn bộ bảng tải về được từ", "Each figure comes with the place where it was read. The whole table can be downloaded from");

    /// <summary>Indices of the dataset with their names, in the order shown.</summary>
    public static readonly IReadOnlyList<(string Metric, LocalText Name)> Metrics =
    [
        ("dti", new("Toàn bộ chỉ số (DTI)", "The whole index (DTI)")),
        ("pillar_gov", new("Chính quyền số", "Digital government")),
        ("pillar_econ", new("Kinh tế số", "Digital economy")),
        ("pillar_soc", new("Xã hội số", "Digital society")),
    ];

    /// <summary>What is seen in a chart of places, for a reader who does not see it.</summary>
    public static LocalText Description(string metric, IEnumerable<(LocalText Province, IReadOnlyList<(int Year, int Place)> Places)> series)
    {
        var all = series.ToList();
        string Said(string name, IReadOnlyList<(int Year, int Place)> places, string none)
            => $"{name}: {(places.Count == 0 ? none : string.Join(", ", places.Select(p => FormattableString.Invariant($"{p.Year} – {p.Place}"))))}";
        return new LocalText(
            $"{metric}, hạng theo năm. {string.Join("; ", all.Select(s => Said(s.Province.Vi, s.Places, "chưa có số liệu")))}.",
            $"{metric}, place by year. {string.Join("; ", all.Select(s => Said(s.Province.En, s.Places, "no figure")))}.");
    }
}
