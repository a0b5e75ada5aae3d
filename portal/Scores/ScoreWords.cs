using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;

namespace OpenData.Portal.Scores;

/// <summary>The words of the public pages of scoring.</summary>
internal static class ScoreWords
{
    public static readonly LocalText Where = new("chỉ tính dòng có", "only rows whose");
    public static readonly LocalText Is = new("là", "is");
    public static readonly LocalText IsOneOf = new("là một trong", "is one of");
    public static readonly LocalText Frameworks = new("Bộ chỉ số", "Scoring frameworks");
    public static readonly LocalText FrameworksLead = new(
        "Mỗi bộ chỉ số nói rõ chấm điểm cái gì, tối đa bao nhiêu điểm, tính thế nào và cần minh chứng gì. Chỗ nào chưa có văn bản chính thức đều ghi “đề xuất”.",
        "A framework says what is scored, for how many points, how it is computed and which evidence is asked for. Whatever no official act says is marked as a proposal.");
    public static readonly LocalText NoFrameworks = new("Danh mục chưa có bộ chỉ số nào.", "The catalogue has no framework yet.");
    public static readonly LocalText Method = new("Cách tính điểm", "How scores are computed");
    public static readonly LocalText Proposal = new("đề xuất", "proposal");
    public static readonly LocalText Official = new("theo văn bản", "by its act");
    public static readonly LocalText WholeProposal = new(
        "Toàn bộ bộ chỉ số này là đề xuất, không phải văn bản chính thức. Mọi điểm số và cách tính có thể thay đổi.",
        "The whole of this framework is a proposal and no official act. All points and methods may change.");
    public static readonly LocalText PartProposal = new(
        "Cấu trúc và điểm tối đa của chỉ số chính theo văn bản; chỉ số nào ghi “đề xuất” thì tên, điểm và cách tính là của chúng tôi.",
        "Structure and maxima of the main indices are the act's own; wherever “proposal” stands, name, points and method are ours.");
    public static readonly LocalText StructureOnly = new(
        "Chưa biết đủ điểm tối đa nên chỉ để xem và so sánh, không dùng để chấm điểm.",
        "Not all maxima are known: this framework is for reading and comparing, nothing is scored by it.");
    public static readonly LocalText Level = new("Đối tượng", "Assesses");
    public static readonly LocalText Act = new("Văn bản", "Act");
    public static readonly LocalText NoAct = new("chưa có", "none");
    public static readonly LocalText InForce = new("Áp dụng", "In force");
    public static readonly LocalText From = new("từ", "from");
    public static readonly LocalText To = new("đến", "to");
    public static readonly LocalText Years = new("Năm đánh giá", "Years assessed");
    public static readonly LocalText Total = new("Tổng điểm", "Total");
    public static readonly LocalText PointsTitle = new("Điểm tối đa", "Maximum");
    public static readonly LocalText MainIndices = new("Chỉ số chính", "Main indices");
    public static readonly LocalText MainIndex = new("Chỉ số chính", "Main index");
    public static readonly LocalText Components = new("Chỉ số thành phần", "Components");
    public static readonly LocalText Share = new("Phần của tổng", "Share of the total");
    public static readonly LocalText Monitored = new("chỉ theo dõi", "monitored only");
    public static readonly LocalText MonitoredLong = new(
        "Nhóm này được tính và hiển thị nhưng không cộng vào tổng; điểm của chỉ số thành phần là trọng số.",
        "This index is computed and shown and never added to the total; points of its components are weights.");
    public static readonly LocalText Unknown = new("chưa biết", "not known");
    public static readonly LocalText UnknownComponents = new("Chưa biết các chỉ số thành phần.", "Its components are not known.");
    public static readonly LocalText Pillars = new("Trụ cột", "Pillars");
    public static readonly LocalText Pillar = new("Trụ cột", "Pillar");
    public static readonly LocalText PillarsNote = new(
        "Mỗi trụ cột là một nhóm chỉ số chính. Các nhóm trùng nhau một phần nên không bao giờ cộng điểm các trụ cột với nhau.",
        "A pillar is a set of main indices. The sets overlap, so pillars are never added.");
    public static readonly LocalText PeerGroups = new("Nhóm xếp hạng", "Leagues");
    public static readonly LocalText PeerGroupsNote = new("Đơn vị chỉ được xếp hạng với đơn vị cùng nhóm.", "Units are ranked within their league only.");
    public static readonly LocalText Formula = new("Cách tính", "Formula");
    public static readonly LocalText Inputs = new("Số liệu cần khai", "Inputs");
    public static readonly LocalText Evidence = new("Minh chứng", "Evidence");
    public static readonly LocalText Supplier = new("Bên cung cấp", "Supplied by");
    public static readonly LocalText Verifier = new("Bên thẩm định", "Verified by");
    public static readonly LocalText Automatic = new("Lấy tự động", "Automatic");
    public static readonly LocalText AutomaticTag = new("tự động", "automatic");
    public static readonly LocalText ByUnit = new("theo đơn vị ở cột", "for the unit in column");
    public static readonly LocalText InPeriod = new("trong kỳ theo cột", "within the period by column");
    public static readonly LocalText Special = new("Trường hợp riêng", "Special cases");
    public static readonly LocalText Details = new("Chi tiết", "Details");
    public static readonly LocalText Sources = new("Nguồn", "Sources");
    public static readonly LocalText Compare = new("So với bộ khác", "Compare with another framework");
    public static readonly LocalText CompareWith = new("Bộ chỉ số", "Framework");
    public static readonly LocalText CompareAction = new("So sánh", "Compare");
    public static readonly LocalText Differences = new("Khác nhau ở đâu", "What differs");
    public static readonly LocalText DifferencesNote = new(
        "Các mục được ghép theo mã. Cùng mã chưa chắc là cùng nội dung: hãy đọc tên trước khi so điểm.",
        "Entries are matched by code. One code is not always one thing: read the names before the points.");
    public static readonly LocalText NoDifferences = new("Hai bộ giống hệt nhau.", "The two are alike in everything.");
    public static readonly LocalText What = new("Mục", "What");
    public static readonly LocalText OnlyHere = new("chỉ có ở bộ này", "only in this one");
    public static readonly LocalText Fingerprint = new("Mã băm nội dung", "Hash of its content");
    public static readonly LocalText VersionTitle = new("Bản", "Version");
    public static readonly LocalText Json = new("Bản JSON", "As JSON");

    public static LocalText Of(UnitLevel level) => level switch
    {
        UnitLevel.Nation => new("cả nước", "the nation"),
        UnitLevel.Ministry => new("bộ, cơ quan ngang bộ", "ministries"),
        UnitLevel.Province => new("tỉnh, thành phố", "provinces"),
        UnitLevel.Department => new("sở, ban, ngành", "departments"),
        UnitLevel.District => new("huyện", "districts"),
        _ => new("xã, phường", "communes and wards"),
    };

    public static LocalText Of(Measure measure) => measure switch
    {
        Measure.Count => new("đếm số dòng", "count of rows"),
        Measure.Sum => new("tổng cột", "sum of"),
        Measure.Mean => new("trung bình cột", "mean of"),
        Measure.Min => new("nhỏ nhất của cột", "least of"),
        _ => new("lớn nhất của cột", "greatest of"),
    };
}
