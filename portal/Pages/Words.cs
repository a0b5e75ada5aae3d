using OpenData.Catalogs;

namespace OpenData.Portal.Pages;

/// <summary>The words of the pages, written in each language for itself.</summary>
internal static class Words
{
    public static readonly LocalText Yes = new("Có", "Yes");
    public static readonly LocalText No = new("Không", "No");
    public static readonly LocalText SkipToContent = new("Đến nội dung", "Skip to content");
    public static readonly LocalText MainNavigation = new("Điều hướng chính", "Main navigation");
    public static readonly LocalText Datasets = new("Bộ dữ liệu", "Datasets");
    public static readonly LocalText About = new("Giới thiệu", "About");
    public static readonly LocalText Api = new("API", "API");
    public static readonly LocalText OtherLanguageName = new("English", "Tiếng Việt");
    public static readonly LocalText Search = new("Tìm", "Search");
    public static readonly LocalText SearchData = new("Tìm bộ dữ liệu", "Search datasets");
    public static readonly LocalText SearchHint = new("Gõ có dấu hay không dấu đều được: “hồ sơ một cửa”, “ho so”.", "With or without accents: “thai nguyen” finds Thái Nguyên.");
    public static readonly LocalText Changed = new("Mới cập nhật", "Recently updated");
    public static readonly LocalText Themes = new("Lĩnh vực", "Themes");
    public static readonly LocalText Publishers = new("Cơ quan công bố", "Publishers");
    public static readonly LocalText Publisher = new("Cơ quan công bố", "Publisher");
    public static readonly LocalText Formats = new("Định dạng", "Formats");
    public static readonly LocalText Theme = new("Lĩnh vực", "Theme");
    public static readonly LocalText Calendar = new("Lịch cập nhật", "Release calendar");
    public static readonly LocalText CalendarEmpty = new("Chưa có lượt nạp nào được lên lịch.", "No run is scheduled yet.");
    public static readonly LocalText BuildWithApi = new("Dùng qua API", "Build with the API");
    public static readonly LocalText ApiSentence = new(
        "Mọi bộ dữ liệu mở đều có OData 4.01, REST và tệp tải về; không cần khoá, không cần đăng ký.",
        "Every open dataset comes as OData 4.01, REST and files; no key, no registration.");
    public static readonly LocalText Rows = new("dòng", "rows");
    public static readonly LocalText Row = new("Số dòng", "Rows");
    public static readonly LocalText Updated = new("Cập nhật", "Updated");
    public static readonly LocalText AllDatasets = new("Xem tất cả bộ dữ liệu", "See all datasets");
    public static readonly LocalText OnTime = new("Đúng hạn", "On time");
    public static readonly LocalText Due = new("Đến kỳ cập nhật", "Due");
    public static readonly LocalText Late = new("Trễ hạn", "Late");
    public static readonly LocalText NoPromise = new("Không cam kết kỳ hạn", "No promised rhythm");
    public static readonly LocalText Synthetic = new("Dữ liệu mô phỏng", "Synthetic data");
    public static readonly LocalText SyntheticSentence = new(
        "Số liệu trong bộ này được dựng lên để trình diễn hệ thống, không phải số liệu thật.",
        "The values of this dataset are made up to show the platform at work; they are not real figures.");
    public static readonly LocalText NothingFound = new("Không có bộ dữ liệu nào khớp.", "No dataset matches.");
    public static readonly LocalText NothingFoundHint = new("Thử ít từ hơn hoặc bỏ bớt bộ lọc.", "Try fewer words, or take away a filter.");
    public static readonly LocalText ClearFilters = new("Bỏ mọi bộ lọc", "Clear all filters");
    public static readonly LocalText Filters = new("Bộ lọc", "Filters");
    public static readonly LocalText All = new("Tất cả", "All");
    public static readonly LocalText Previous = new("Trang trước", "Previous page");
    public static readonly LocalText Next = new("Trang sau", "Next page");
    public static readonly LocalText Preview = new("Xem trước", "Preview");
    public static readonly LocalText Downloads = new("Tải về", "Download");
    public static readonly LocalText Dictionary = new("Từ điển dữ liệu", "Data dictionary");
    public static readonly LocalText Lineage = new("Nguồn gốc", "Lineage");
    public static readonly LocalText Quality = new("Chất lượng", "Quality");
    public static readonly LocalText Versions = new("Các phiên bản", "Versions");
    public static readonly LocalText Cite = new("Trích dẫn", "How to cite");
    public static readonly LocalText License = new("Giấy phép", "Licence");
    public static readonly LocalText ContactTitle = new("Liên hệ", "Contact");
    public static readonly LocalText OnThisPage = new("Trên trang này", "On this page");
    public static readonly LocalText Facts = new("Thông tin chung", "Facts");
    public static readonly LocalText Timeliness = new("Tiến độ cập nhật", "Timeliness");
    public static readonly LocalText Checks = new("Kiểm tra", "Checks");
    public static readonly LocalText Passed = new("đạt", "passed");
    public static readonly LocalText Period = new("Khoảng thời gian", "Period");
    public static readonly LocalText Release = new("Lần công bố", "Release");
    public static readonly LocalText Version = new("Phiên bản", "Version");
    public static readonly LocalText NextReading = new("Lượt nạp kế tiếp", "Next run");
    public static readonly LocalText LateFrom = new("Trễ nếu quá", "Late after");
    public static readonly LocalText Identifier = new("Mã bộ dữ liệu", "Id");
    public static readonly LocalText LegalBasis = new("Căn cứ pháp lý", "Legal basis");
    public static readonly LocalText FirstRows = new("Các dòng đầu tiên", "First rows");
    public static readonly LocalText Missing = new("trống", "missing");
    public static readonly LocalText MissingTitle = new("Trống", "Missing");
    public static readonly LocalText Distinct = new("Giá trị khác nhau", "Distinct");
    public static readonly LocalText Range = new("Khoảng giá trị", "Range");
    public static readonly LocalText TopValues = new("Giá trị hay gặp", "Frequent values");
    public static readonly LocalText Column = new("Cột", "Column");
    public static readonly LocalText Type = new("Kiểu", "Type");
    public static readonly LocalText Meaning = new("Ý nghĩa", "Meaning");
    public static readonly LocalText Unit = new("Đơn vị", "Unit");
    public static readonly LocalText Required = new("bắt buộc", "required");
    public static readonly LocalText KeyColumn = new("khoá", "key");
    public static readonly LocalText Format = new("Định dạng", "Format");
    public static readonly LocalText Size = new("Dung lượng", "Size");
    public static readonly LocalText File = new("Tệp", "File");
    public static readonly LocalText SizeAsked = new("tạo khi tải", "made on request");
    public static readonly LocalText ForExcel = new("CSV cho Excel", "CSV for Excel");
    public static readonly LocalText DownloadsNote = new(
        "Tệp tải về giữ nguyên giá trị: mã giữ số 0 đầu, số dùng dấu chấm thập phân, thời gian có múi giờ. Địa chỉ trong bảng luôn cho phiên bản mới nhất.",
        "Files keep values as they are: codes keep their zeros, numbers use a decimal point, times carry their offset. These addresses always give the latest version.");
    public static readonly LocalText ApiNote = new("Không cần khoá. Lọc, sắp xếp và phân trang bằng OData.", "No key needed. Filter, sort and page with OData.");
    public static readonly LocalText Rule = new("Quy tắc", "Rule");
    public static readonly LocalText Refused = new("Bản ghi bị giữ lại", "Records refused");
    public static readonly LocalText CheckedRows = new("Đã kiểm", "Checked");
    public static readonly LocalText FailedRows = new("Không đạt", "Failed");
    public static readonly LocalText Outcome = new("Kết quả", "Outcome");
    public static readonly LocalText NoneRefused = new("Không bản ghi nào bị giữ lại.", "No record was refused.");
    public static readonly LocalText ExpectationsTitle = new("Các kiểm tra đã chạy", "Checks that ran");
    public static readonly LocalText QuarantineTitle = new("Bản ghi bị giữ lại theo quy tắc", "Refused records by rule");
    public static readonly LocalText ColumnOrRecord = new("cả bản ghi", "whole record");
    public static readonly LocalText PublishedAt = new("Công bố lúc", "Published");
    public static readonly LocalText Current = new("hiện hành", "current");
    public static readonly LocalText Collected = new("đã thôi lưu tệp", "files no longer kept");
    public static readonly LocalText VersionsNote = new(
        "Mỗi phiên bản có địa chỉ cố định và không bao giờ thay đổi.",
        "Each version has an address of its own and never changes.");
    public static readonly LocalText VersionsAndChanges = new("Các phiên bản và thay đổi", "Versions and changes");
    public static readonly LocalText AllVersions = new("Mọi phiên bản, thay đổi giữa các phiên bản, thời hạn lưu", "All versions, changes between them, how long they are kept");
    public static readonly LocalText NewVersions = new("Phiên bản mới của mọi bộ dữ liệu", "New versions of all datasets");
    public static readonly LocalText VersionsPageNote = new(
        "Mỗi phiên bản không bao giờ thay đổi và có địa chỉ riêng. Số dòng thêm, sửa, bỏ là so với phiên bản ngay trước.",
        "A version never changes and has an address of its own. Rows added, changed and removed are counted against the version before it.");
    public static readonly LocalText RowsAdded = new("Thêm", "Added");
    public static readonly LocalText RowsChanged = new("Sửa", "Changed");
    public static readonly LocalText RowsRemoved = new("Bỏ", "Removed");
    public static readonly LocalText Kept = new("Lưu tệp", "Files kept");
    public static readonly LocalText Reason = new("Lý do", "Reason");
    public static readonly LocalText Changes = new("Thay đổi", "Changes");
    public static readonly LocalText Compare = new("So hai phiên bản", "Compare two versions");
    public static readonly LocalText CompareNote = new(
        "Danh sách từng dòng thêm, sửa (giá trị cũ và mới) và bỏ, ghép theo khoá của bộ dữ liệu.",
        "A list of every row added, changed (old and new values) and removed, matched by the dataset's key.");
    public static readonly LocalText CompareFrom = new("Từ", "From");
    public static readonly LocalText CompareTo = new("Đến", "To");
    public static readonly LocalText CompareAction = new("So sánh", "Compare");
    public static readonly LocalText Feed = new("Theo dõi phiên bản mới", "Follow new versions");
    public static readonly LocalText BackToDataset = new("Về trang bộ dữ liệu", "Back to the dataset");
    public static readonly LocalText OlderVersion = new("Đây là một phiên bản cũ, công bố", "This is an older version, published");
    public static readonly LocalText ToCurrent = new("Xem phiên bản hiện hành", "See the current version");
    public static readonly LocalText MadeFrom = new("Bộ này được tính từ:", "This dataset is computed from:");
    public static readonly LocalText ReadFromSource = new(
        "Đọc trực tiếp từ hệ thống của cơ quan công bố.",
        "Read directly from the publisher's own system.");
    public static readonly LocalText KeptByHand = new(
        "Bảng do cơ quan công bố biên soạn và giữ cùng danh mục, có lưu vết từng thay đổi.",
        "A table that the publisher keeps by hand with the catalogue; every change is on record.");
    public static readonly LocalText FromRounds = new(
        "Kết quả các đợt đánh giá do chính cổng này công bố; mỗi lần đính chính tạo một phiên bản mới.",
        "Results of assessment rounds that this portal publishes itself; each correction makes a new version.");
    public static readonly LocalText HiddenParent = new("một bộ dữ liệu không công bố", "a dataset that is not public");
    public static readonly LocalText NoContact = new("Hãy hỏi cơ quan công bố nêu trên.", "Ask the publisher named above.");
    public static readonly LocalText Refusal = new(
        "Phiên bản mới hơn bị từ chối vì tệp hỏng; đây là phiên bản tốt gần nhất.",
        "A newer version was refused because its files are damaged; this is the last good one.");
    public static readonly LocalText EmptyTable = new("Phiên bản này không có dòng nào.", "This version has no rows.");
    public static readonly LocalText NoPreview = new("Hiện chưa xem trước được.", "No preview at the moment.");
    public static readonly LocalText OnTimeOrNot = new("Có đúng hạn không?", "Is it on time?");
    public static readonly LocalText ComesFrom = new("Lấy từ", "Comes from");
    public static readonly LocalText Computed = new("hằng số, hoặc đếm số dòng", "a constant, or a count of rows");
    public static readonly LocalText MadeInto = new("Được dùng để tính:", "Goes into:");
    public static readonly LocalText StillWorks = new("Những gì vẫn dùng được", "What still works");
    public static readonly LocalText RequestId = new("Mã yêu cầu", "Request id");
    public static readonly LocalText ErrorCode = new("Mã lỗi", "Error code");
    public static readonly LocalText DidYouMean = new("Có phải bạn cần", "Did you mean");
    public static readonly LocalText TellUs = new(
        "Khi hỏi về lỗi này, hãy gửi kèm mã yêu cầu.",
        "When you ask about this, please send the request id along.");
    public static readonly LocalText HomePage = new("Trang chủ", "Home page");
    public static readonly LocalText Health = new("Tình trạng", "Status");
    public static readonly LocalText Licence1 = new("Dữ liệu mở, dùng lại tự do, ghi rõ nguồn.", "Open data: reuse freely, name the source.");
}
