using OpenData.Catalogs;

namespace OpenData.Portal.Scores.Boards;

/// <summary>The words of boards and scorecards, written in each language for itself.</summary>
internal static class BoardWords
{
    public static readonly LocalText Scores = new("Điểm chuyển đổi số", "Digital transformation scores");
    public static readonly LocalText ScoresShort = new("Xếp hạng", "Scores");
    public static readonly LocalText ScoresLead = new(
        "Kết quả các đợt đánh giá đã công bố: thứ hạng, điểm và cách tính từng điểm. Mọi con số ở đây đều có trong bộ dữ liệu mở và tải về được.",
        "Results of the published rounds: ranks, points, and how each point came about. Every figure here is in an open dataset and can be downloaded.");
    public static readonly LocalText NoRounds = new("Chưa công bố đợt đánh giá nào.", "No round has been published yet.");
    public static readonly LocalText Rounds = new("Các đợt đánh giá", "Rounds");
    public static readonly LocalText Period = new("Kỳ đánh giá", "Period");
    public static readonly LocalText Published = new("Công bố", "Published");
    public static readonly LocalText Revision = new("Lần công bố", "Revision");
    public static readonly LocalText Correction = new("đính chính", "corrected");
    public static readonly LocalText Framework = new("Bộ chỉ số", "Framework");
    public static readonly LocalText UnitsCount = new("Số đơn vị", "Units");
    public static readonly LocalText UnitsWord = new("đơn vị", "units");
    public static readonly LocalText Synthetic = new("mô phỏng", "synthetic");
    public static readonly LocalText SyntheticNote = new(
        "Câu trả lời trong đợt này là giả lập để minh hoạ nền tảng. Điểm và thứ hạng không nói gì về đơn vị có thật.",
        "The answers of this round are made up to show the platform. Its scores and ranks say nothing about the real units.");
    public static readonly LocalText ProposalNote = new(
        "Bộ chỉ số của đợt này là đề xuất, không phải văn bản chính thức.",
        "The framework of this round is a proposal and no official act.");
    public static readonly LocalText NotWhole = new(
        "Một phần kết quả của lần công bố này đang được đưa lên; thứ hạng hoặc chi tiết còn thiếu sẽ có sau ít phút.",
        "Parts of this revision are still being published; ranks or details that are missing will follow within minutes.");
    public static readonly LocalText Rank = new("Hạng", "Rank");
    public static readonly LocalText Unit = new("Đơn vị", "Unit");
    public static readonly LocalText Value = new("Giá trị (0–1)", "Value (0–1)");
    public static readonly LocalText Points = new("Điểm", "Points");
    public static readonly LocalText Change = new("So với đợt trước", "Change");
    public static readonly LocalText Interval = new("Khoảng hạng", "Interval of ranks");
    public static readonly LocalText Firmness = new("Với hạng sau", "Against the next");
    public static readonly LocalText Close = new("sát nút", "too close to call");
    public static readonly LocalText Firm = new("rõ", "clear");
    public static readonly LocalText NotRanked = new("không xếp hạng", "not ranked");
    public static readonly LocalText Shared = new("đồng hạng", "shared");
    public static readonly LocalText League = new("Bảng", "League");
    public static readonly LocalText AllLeagues = new("Tất cả các bảng", "All leagues");
    public static readonly LocalText Show = new("Xem", "Show");
    public static readonly LocalText AllUnits = new("Tất cả đơn vị", "All units");
    public static readonly LocalText DotsTitle = new("Thứ hạng và khoảng hạng", "Ranks and their intervals");
    public static readonly LocalText DotsNote = new(
        "Chấm là thứ hạng chính thức, vạch là khoảng hạng khi trọng số thay đổi, ≈ là hai đơn vị kề nhau sát nút. Cùng số liệu ở bảng",
        "The dot is the official rank, the line its interval when weights vary, ≈ stands between neighbours that are too close to call. The same figures are in the table");
    public static readonly LocalText PillarsTitle = new("Trung bình theo trụ cột", "Mean by pillar");
    public static readonly LocalText PillarsNote = new(
        "Trung bình giản đơn giá trị các đơn vị. Các trụ cột dùng chung một số chỉ số chính nên không cộng với nhau.",
        "The plain mean of the units' values. Pillars share main indices and are never added.");
    public static readonly LocalText Pillar = new("Trụ cột", "Pillar");
    public static readonly LocalText Mean = new("Trung bình", "Mean");
    public static readonly LocalText Lowest = new("Thấp nhất", "Lowest");
    public static readonly LocalText Highest = new("Cao nhất", "Highest");
    public static readonly LocalText MapTitle = new("Giá trị theo xã, phường", "Value by commune and ward");
    public static readonly LocalText MapNote = new(
        "Màu càng đậm, giá trị càng cao. Xã, phường và bảng của chúng được xếp hạng riêng; bản đồ chỉ cho thấy giá trị. Cùng số liệu ở bảng xếp hạng.",
        "The darker, the higher the value. Communes and wards are ranked apart; the map shows values only. The same figures are in the board.");
    public static readonly LocalText MapClass = new("Nhóm giá trị", "Class of values");
    public static readonly LocalText HowFirm = new("Thứ hạng chắc đến đâu", "How firm ranks are");
    public static readonly LocalText NoRobustness = new(
        "Khoảng hạng không được tính cho đợt này: bộ chỉ số đã đổi từ khi đợt được mở, hoặc có đơn vị hợp nhất không có điểm thành phần.",
        "Intervals are not computed for this round: its framework has changed since it was opened, or a merged unit has no components of its own.");
    public static readonly LocalText Downloads = new("Tải dữ liệu", "Download the data");
    public static readonly LocalText DownloadsNote = new("Trang này lấy từ các bộ dữ liệu sau; bảng điểm và tệp tải về luôn khớp nhau.", "This page is made of these datasets; page and download always agree.");
    public static readonly LocalText Scorecard = new("Phiếu điểm", "Scorecard");
    public static readonly LocalText PlaceOf = new("trên", "of");
    public static readonly LocalText Self = new("Tự chấm", "Self");
    public static readonly LocalText Verified = new("Thẩm định", "Verified");
    public static readonly LocalText Final = new("Chính thức", "Final");
    public static readonly LocalText Maximum = new("Tối đa", "Maximum");
    public static readonly LocalText Three = new(
        "Ba cột điểm là ba kết quả khác nhau: đơn vị tự chấm, cơ quan thẩm định, và kết quả chính thức sau hội đồng.",
        "The three columns are three results: by the unit itself, by the verifier, and the official one after the council.");
    public static readonly LocalText Foundation = new("Điểm dựa trên căn cứ nào", "What the points stand on");
    public static readonly LocalText Automatic = new("Tính tự động từ dữ liệu đã công bố", "Computed from published data");
    public static readonly LocalText VerifiedSource = new("Đơn vị khai, đã thẩm định", "Given by the unit and verified");
    public static readonly LocalText SelfSource = new("Chỉ đơn vị tự khai", "Given by the unit alone");
    public static readonly LocalText PartOfPoints = new("Phần của điểm", "Share of the points");
    public static readonly LocalText MostTitle = new("Chỉ số mang lại nhiều điểm nhất nếu cải thiện", "Components that would bring most");
    public static readonly LocalText ToMaximum = new("Đến điểm tối đa", "Up to the maximum");
    public static readonly LocalText ToBest = new("Đến đơn vị tốt nhất cùng bảng", "Up to the best of the league");
    public static readonly LocalText NothingMore = new("Không còn điểm nào để tăng.", "Nothing more to gain.");
    public static readonly LocalText Source = new("Căn cứ", "Stands on");
    public static readonly LocalText Gap = new("Còn thiếu", "To the maximum");
    public static readonly LocalText GapToBest = new("so với tốt nhất", "to the best of the league");
    public static readonly LocalText Inputs = new("Số liệu", "Inputs");
    public static readonly LocalText Datasets = new("Bộ dữ liệu", "Datasets");
    public static readonly LocalText Rows = new("dòng", "rows");
    public static readonly LocalText Query = new("Câu truy vấn", "Query");
    public static readonly LocalText Evidence = new("Tài liệu kiểm chứng", "Evidence");
    public static readonly LocalText NoNumber = new("không số", "without number");
    public static readonly LocalText Monitored = new("chỉ theo dõi, không cộng vào tổng", "monitored, not added");
    public static readonly LocalText Merged = new(
        "Đơn vị này được hợp nhất từ các đơn vị khác: điểm chỉ số chính là trung bình của các đơn vị cũ, không có điểm thành phần.",
        "This unit was merged from others: its main indices are the mean of theirs, and it has no components of its own.");
    public static readonly LocalText PillarValues = new("Giá trị theo trụ cột", "Value by pillar");
    public static readonly LocalText Overlap = new("Các trụ cột dùng chung một số chỉ số chính nên không cộng với nhau.", "Pillars share main indices and are never added.");
    public static readonly LocalText Print = new("Trang này in vừa khổ A4.", "This page prints on A4.");
    public static readonly LocalText CompareUnits = new("So sánh các đơn vị", "Compare units");
    public static readonly LocalText OtherLeagues = new("Các đơn vị này thuộc những bảng xếp hạng khác nhau; thứ hạng của chúng không so sánh được.", "These units are in different leagues; their ranks cannot be compared.");
    public static readonly LocalText TrendTitle = new("Qua các năm", "Over the years");
    public static readonly LocalText TrendNote = new(
        "Vạch đứng nét đứt là chỗ bộ chỉ số hoặc phiên bản của nó thay đổi: giá trị hai bên vạch không so sánh trực tiếp được. Năm không có đợt đánh giá thì để trống.",
        "A dashed upright line stands where the framework or its version changed: values on its two sides must not be compared directly. A year without a round stays empty.");
    public static readonly LocalText WhatIfTitle = new("Thử thay đổi", "What if");
    public static readonly LocalText WhatIfNote = new(
        "Chỉ để thử. Không có gì được lưu và kết quả chính thức không thay đổi.",
        "For trying only. Nothing is stored, and no official result changes.");
    public static readonly LocalText Component = new("Chỉ số thành phần", "Component");
    public static readonly LocalText Choose = new("Chọn", "Choose");
    public static readonly LocalText TryIt = new("Tính thử", "Try");
    public static readonly LocalText WhatIfResult = new("Nếu số liệu là như vậy", "With these inputs");
    public static readonly LocalText AsPublished = new("Đã công bố", "As published");
    public static readonly LocalText AsTried = new("Thử", "Tried");
    public static readonly LocalText OthersMoved = new("Số đơn vị khác đổi hạng", "Other units whose rank would change");
    public static readonly LocalText Json = new("Bản JSON", "As JSON");

    /// <summary>How weights were varied, said once beside the intervals.</summary>
    public static LocalText HowFirmNote(string drawsVi, string drawsEn, ulong seed) => new(
        $"Trọng số là một lựa chọn. Vì vậy thứ hạng được tính lại {drawsVi} lần, mỗi lần mọi trọng số thay đổi ngẫu nhiên trong khoảng ±25% (hạt giống {seed}). Khoảng hạng chứa 90% số lần đó. Hai đơn vị kề nhau “sát nút” khi quá một phần mười số lần đơn vị đứng trước không còn đứng trước.",
        FormattableString.Invariant($"Weights are a choice. So ranks are taken again {drawsEn} times, each time with every weight varied at random by up to ±25% (seed {seed}). The interval holds 90% of those ranks. Two neighbours are too close to call when the better one is not ahead in more than a tenth of them."));

    /// <summary>The state of a component.</summary>
    public static LocalText State(string word) => word switch
    {
        "scored" => new("chấm theo công thức", "by its formula"),
        "not_applicable" => new("không áp dụng", "does not apply"),
        "missing" => new("không có câu trả lời", "no answer"),
        "carried" => new("lấy tỷ lệ đợt trước", "carried from the round before"),
        "invalid" => new("câu trả lời mâu thuẫn", "contradicts itself"),
        "adjusted" => new("hội đồng ấn định", "set by the council"),
        _ => new(word, word),
    };

    /// <summary>On whose word points stand.</summary>
    public static LocalText Origin(string? word) => word switch
    {
        "automatic" => new("tự động", "automatic"),
        "verified" => new("đã thẩm định", "verified"),
        "self_reported" => new("tự khai, chưa tính", "self-reported, not counted"),
        _ => new("không có", "none"),
    };
}
