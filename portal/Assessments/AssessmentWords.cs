using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Rounds;

namespace OpenData.Portal.Assessments;

/// <summary>The words of the desk of assessment rounds.</summary>
internal static class AssessmentWords
{
    public static readonly LocalText Assessments = new("Chấm điểm", "Assessments");
    public static readonly LocalText Summary = new("Đợt đánh giá: điền phiếu, thẩm định, quyết định của hội đồng, công bố.", "Rounds: fill in forms, verify, decide in the council, publish.");
    public static readonly LocalText NoRounds = new("Chưa có đợt đánh giá nào dành cho bạn.", "There is no round for you yet.");
    public static readonly LocalText OpenRound = new("Mở đợt đánh giá", "Open a round");
    public static readonly LocalText OpenLead = new(
        "Khi mở đợt, bộ chỉ số được chốt nguyên văn: từ đó phiên bản này không đổi được nữa.",
        "Opening a round freezes the framework word for word: from then on this version cannot change.");
    public static readonly LocalText Framework = new("Bộ chỉ số", "Framework");
    public static readonly LocalText Suffix = new("Phần cuối của mã đợt", "End of the round's id");
    public static readonly LocalText SuffixHint = new("Thường là năm, ví dụ 2025. Mã đợt là tên bộ chỉ số, dấu gạch nối và phần này.", "Usually the year, for example 2025. The id is the framework's name, a hyphen and this.");
    public static readonly LocalText TitleVi = new("Tên tiếng Việt", "Title in Vietnamese");
    public static readonly LocalText TitleEn = new("Tên tiếng Anh", "Title in English");
    public static readonly LocalText FirstDay = new("Kỳ đánh giá từ ngày", "First day of the period");
    public static readonly LocalText LastDay = new("Đến hết ngày", "Last day of the period");
    public static readonly LocalText SubmitUntil = new("Hạn nộp phiếu", "Forms due");
    public static readonly LocalText AppealUntil = new("Hạn khiếu nại", "Appeals due");
    public static readonly LocalText DueHint = new("Giờ Việt Nam. Để trống hạn nộp: không giới hạn; để trống hạn khiếu nại: không nhận khiếu nại.", "Việt Nam time. No due time for forms sets no end; none for appeals takes no appeals.");
    public static readonly LocalText Previous = new("Đợt trước", "Round before");
    public static readonly LocalText None = new("không có", "none");
    public static readonly LocalText Units = new("Đơn vị", "Units");
    public static readonly LocalText UnitsHint = new(
        "CSV có dòng tiêu đề: code,name và nếu cần league,ranked,predecessors. Mỗi dòng một đơn vị; dán từ bảng tính hoặc từ tệp.",
        "CSV with a header: code,name and, where wanted, league,ranked,predecessors. One unit a line; paste it from a file.");
    public static readonly LocalText Synthetic = new("Số liệu tạo ra để thử, không phải của đơn vị thật", "Made-up figures for trying out, not of real units");
    public static readonly LocalText SyntheticTag = new("số liệu thử", "made-up figures");
    public static readonly LocalText BadDay = new("Ngày phải có dạng 2025-12-31.", "Days are written 2025-12-31.");
    public static readonly LocalText BadMoment = new("Thời điểm phải có dạng 2026-03-31T17:00, giờ Việt Nam.", "Moments are written 2026-03-31T17:00, in Việt Nam time.");
    public static readonly LocalText ToDo = new("Việc của bạn", "For you to do");
    public static readonly LocalText NothingToDo = new("Hiện không có việc nào đang chờ bạn.", "Nothing waits for you now.");
    public static readonly LocalText Period = new("Kỳ đánh giá", "Period");
    public static readonly LocalText Unit = new("Đơn vị", "Unit");
    public static readonly LocalText League = new("Nhóm xếp hạng", "League");
    public static readonly LocalText Stage = new("Bước", "Stage");
    public static readonly LocalText Self = new("Tự chấm", "Self");
    public static readonly LocalText Verified = new("Thẩm định", "Verified");
    public static readonly LocalText Final = new("Chính thức", "Final");
    public static readonly LocalText Gap = new("Chênh lệch", "Gap");
    public static readonly LocalText GapNote = new("Chênh lệch là điểm thẩm định trừ điểm tự chấm.", "The gap is the verified score less the self score.");
    public static readonly LocalText Rank = new("Hạng", "Place");
    public static readonly LocalText Appeals = new("Khiếu nại", "Appeals");
    public static readonly LocalText Publish = new("Công bố", "Publish");
    public static readonly LocalText PublishLead = new("Công bố cần mọi đơn vị đã được hội đồng kết thúc. Bản đã công bố không sửa được; đính chính là một bản mới.", "Every unit has to be closed by the council. What was published stays; a correction is a new revision.");
    public static readonly LocalText NotBefore = new("Không công khai trước", "Not public before");
    public static readonly LocalText CorrectionReason = new("Lý do đính chính", "Reason for the correction");
    public static readonly LocalText Revisions = new("Các bản công bố", "Publications");
    public static readonly LocalText Revision = new("Bản", "Revision");
    public static readonly LocalText Embargo = new("chưa công khai, đến", "not public until");
    public static readonly LocalText Compute = new("Tính các chỉ số tự động", "Compute automatic answers");
    public static readonly LocalText ComputeLead = new("Đọc phiên bản hiện hành của các bộ dữ liệu mà bộ chỉ số dùng. Tính lại trên cùng phiên bản không thay đổi gì.", "Reads the current versions of the datasets that the framework names. Computing again from the same versions changes nothing.");
    public static readonly LocalText Computed = new("Số câu trả lời tự động mới", "New automatic answers");
    public static readonly LocalText Assign = new("Giao đơn vị cho cán bộ ở trang Người dùng.", "Officers are given their units on the page People.");
    public static readonly LocalText Submit = new("Nộp phiếu", "Submit the form");
    public static readonly LocalText SubmitLead = new("Sau khi nộp, phiếu chỉ sửa được nếu người thẩm định trả lại.", "Once submitted, the form can be changed only if the verifier returns it.");
    public static readonly LocalText Unanswered = new("Chỉ số chưa khai", "Components without an answer");
    public static readonly LocalText Screen = new("Phiếu đầy đủ, bắt đầu thẩm định", "Complete: begin verifying");
    public static readonly LocalText Return = new("Trả lại đơn vị", "Return to the unit");
    public static readonly LocalText Reason = new("Lý do", "Reason");
    public static readonly LocalText AcceptAll = new("Chấp nhận mọi câu trả lời chưa thẩm định", "Accept every answer not verified yet");
    public static readonly LocalText EndVerifying = new("Kết thúc thẩm định", "End the verification");
    public static readonly LocalText NotVerifiedYet = new("Chưa thẩm định", "Not verified yet");
    public static readonly LocalText Close = new("Hội đồng kết thúc đơn vị", "Close the unit");
    public static readonly LocalText Reopen = new("Mở lại cho hội đồng", "Open to the council again");
    public static readonly LocalText ReturnedTitle = new("Phiếu được trả lại", "The form was returned");
    public static readonly LocalText History = new("Quá trình", "History");
    public static readonly LocalText Scores = new("Điểm", "Scores");
    public static readonly LocalText Maximum = new("Tối đa", "Maximum");
    public static readonly LocalText Answered = new("Đã khai", "Answered");
    public static readonly LocalText Sheets = new("Phiếu theo chỉ số chính", "The form by main index");
    public static readonly LocalText Save = new("Lưu", "Save");
    public static readonly LocalText SaveNext = new("Lưu và sang nhóm sau", "Save and go on");
    public static readonly LocalText Saved = new("Đã lưu", "Saved");
    public static readonly LocalText NothingNew = new("Không có gì thay đổi.", "Nothing has changed.");
    public static readonly LocalText NotSaved = new("Còn mục chưa lưu được; nội dung bạn gõ vẫn còn nguyên bên dưới.", "Some entries are not saved yet; all that you typed is still below.");
    public static readonly LocalText Back = new("Về phiếu của đơn vị", "Back to the unit");
    public static readonly LocalText DoesNotApply = new("Không áp dụng cho đơn vị này", "Does not apply to this unit");
    public static readonly LocalText Explanation = new("Giải trình", "Explanation");
    public static readonly LocalText Evidence = new("Minh chứng", "Evidence");
    public static readonly LocalText Wanted = new("Minh chứng cần có", "Evidence asked for");
    public static readonly LocalText AddEvidence = new("Thêm minh chứng", "Add evidence");
    public static readonly LocalText File = new("Tệp", "File");
    public static readonly LocalText FileHint = new($"Tối đa 20 MiB mỗi tệp: {EvidenceKind.Endings}.", $"At most 20 MiB a file: {EvidenceKind.Endings}.");
    public static readonly LocalText FileNeeded = new("Số và ngày văn bản cần đi cùng một tệp; hãy chọn tệp.", "Number and date belong to a file; choose one.");
    public static readonly LocalText ChooseAgain = new("Trình duyệt không giữ tệp đã chọn: hãy chọn lại tệp này.", "The browser does not keep a chosen file: choose it again.");
    public static readonly LocalText DocumentNumber = new("Số văn bản", "Document number");
    public static readonly LocalText DocumentDate = new("Ngày văn bản", "Document date");
    public static readonly LocalText Automatic = new("Tự động", "Automatic");
    public static readonly LocalText NotComputed = new("chưa tính", "not computed yet");
    public static readonly LocalText VersionOf = new("phiên bản", "version");
    public static readonly LocalText Rows = new("dòng", "rows");
    public static readonly LocalText SelfAnswer = new("Đơn vị khai", "The unit's answer");
    public static readonly LocalText VerifiedAnswer = new("Kết quả thẩm định", "Verified answer");
    public static readonly LocalText AppealAnswer = new("Khiếu nại", "Appeal");
    public static readonly LocalText CouncilAnswer = new("Hội đồng", "Council");
    public static readonly LocalText NoAnswer = new("chưa khai", "no answer");
    public static readonly LocalText NotApplicable = new("không áp dụng", "does not apply");
    public static readonly LocalText SetTo = new("đặt", "set to");
    public static readonly LocalText OfPoints = new("số điểm", "of the points");
    public static readonly LocalText Taken = new("Đã thẩm định mục này", "This entry is verified");
    public static readonly LocalText WhyDiffers = new("Lý do (bắt buộc khi khác với đơn vị khai)", "Reason (needed where it differs from the unit's answer)");
    public static readonly LocalText WhyAppeal = new("Lý do khiếu nại", "Reason for the appeal");
    public static readonly LocalText WhyAdjust = new("Lý do điều chỉnh", "Reason for the adjustment");
    public static readonly LocalText Share = new("Hoặc đặt thẳng tỷ lệ điểm (%)", "Or set the share of the points (%)");
    public static readonly LocalText BadShare = new("Tỷ lệ điểm là số từ 0 đến 100.", "The share is a number from 0 to 100.");
    public static readonly LocalText PointsNow = new("Điểm tạm tính", "Points so far");
    public static readonly LocalText PointsBySelf = new("Điểm theo đơn vị khai", "Points by the unit's answer");
    public static readonly LocalText Full = new("đủ", "in full");
    public static readonly LocalText Half = new("một phần", "in part");
    public static readonly LocalText Nothing = new("không", "none");
    public static readonly LocalText Choose = new("chọn", "choose");
    public static readonly LocalText Download = new("Tải", "Download");
    public static readonly LocalText BadDate = new("Ngày văn bản phải có dạng 2025-12-31.", "The document's date is written 2025-12-31.");

    public static readonly LocalText WorthALook = new("Nên xem lại", "Worth a look");
    public static readonly LocalText WorthALookLead = new(
        "Mỗi điều dưới đây có thể có lý do chính đáng; danh sách này không kết luận gì về đơn vị.", "Each of these may have a good reason; the list says nothing against a unit.");
    public static readonly LocalText FormSheet = new("Phiếu", "Form");
    public static readonly LocalText FormHow = new(
        "Điền các ô màu vàng, lưu tệp, rồi tải lên ở trang của đơn vị. Số viết không có dấu ngăn hàng nghìn. Minh chứng được thêm trên trang. Ô để trống là chưa khai.",
        "Fill in the yellow cells, save the file, and upload it on the unit's page. Numbers have no thousands mark. Evidence is added on the page. An empty cell is no answer.");
    public static readonly LocalText Code = new("Mã", "Code");
    public static readonly LocalText Component = new("Chỉ số", "Component");
    public static readonly LocalText Asked = new("Nội dung khai", "What is asked");
    public static readonly LocalText Value = new("Giá trị", "Value");
    public static readonly LocalText UnitOfMeasure = new("Đơn vị tính", "Unit of measure");
    public static readonly LocalText NotApplicableHead = new("Không áp dụng (x)", "Does not apply (x)");
    public static readonly LocalText HowScored = new("Cách tính điểm", "How it is scored");
    public static readonly LocalText CrossOrNothing = new("Ghi x hoặc để trống.", "Write x or nothing.");
    public static readonly LocalText OneOfList = new("Chọn một giá trị trong danh sách.", "Choose one of the list.");
    public static readonly LocalText FormOffline = new("Điền bằng Excel", "Fill it in with Excel");
    public static readonly LocalText FormOfflineLead = new(
        "Tải phiếu về, điền khi không có mạng, rồi tải lên lại. Mục khai đúng được lưu; ô nào sai được chỉ rõ, sửa trong tệp rồi tải lên lần nữa.",
        "Download the form, fill it in without us, and upload it. What is right is saved; each cell that is wrong is named: put it right in the file and upload it again.");
    public static readonly LocalText DownloadForm = new("Tải phiếu (.xlsx)", "Download the form (.xlsx)");
    public static readonly LocalText FilledForm = new("Phiếu đã điền", "Filled-in form");
    public static readonly LocalText UploadForm = new("Tải lên", "Upload");
    public static readonly LocalText NoForm = new("Hãy chọn tệp phiếu đã điền (.xlsx).", "Choose the filled-in form (.xlsx).");
    public static readonly LocalText FormTooLarge = new("Tệp lớn hơn 8 MiB, nên không phải phiếu tải về từ hệ thống.", "The file is larger than 8 MiB, so it is no form that was downloaded here.");
    public static readonly LocalText NotOurForm = new("Tệp này không phải phiếu tải về từ hệ thống.", "This file is no form that was downloaded here.");
    public static readonly LocalText CellsWrong = new("Có ô chưa lưu được. Các mục khác đã được lưu.", "Some cells are not saved. Everything else is.");
    public static readonly LocalText CellsToMend = new("Các ô cần sửa", "Cells to put right");
    public static readonly LocalText Cell = new("Ô", "Cell");
    public static readonly LocalText Written = new("Nội dung", "Content");
    public static readonly LocalText Problem = new("Vì sao", "Why");
    public static readonly LocalText FaultyCell = new("Ô báo lỗi hoặc công thức chưa có kết quả. Hãy ghi giá trị.", "The cell shows an error, or a formula without a result. Write the value.");
    public static readonly LocalText DateCell = new("Ô chứa ngày hoặc giờ, có thể do Excel tự đổi (1/2 thành ngày). Hãy ghi số.", "The cell holds a date or a time, perhaps made by Excel (1/2 becomes a day). Write the number.");
    public static readonly LocalText PercentCell = new("Ô có định dạng phần trăm nên số đọc được hai cách. Hãy ghi số không có dấu %.", "The cell is formatted as per cent, so its number can be read in two ways. Write it without %.");
    public static readonly LocalText NumberCell = new("Hãy ghi một số.", "Write a number.");
    public static readonly LocalText TwiceInForm = new("Dòng này có hai lần trong phiếu.", "This row stands twice in the form.");
    public static readonly LocalText UnknownRow = new("Dòng này không thuộc bộ chỉ số của đợt.", "This row is none of the round's framework.");

    /// <summary>A form of another unit or round.</summary>
    public static LocalText OtherForm(string round, string unit) => new(
        $"Đây là phiếu của đơn vị {unit}, đợt {round}.", $"This is the form of unit {unit} in round {round}.");

    /// <summary>An answer that is none of the list.</summary>
    internal static LocalText NoneOf(IEnumerable<AnswerChoice> vi, IEnumerable<AnswerChoice> en) => new(
        $"Chọn một trong: {string.Join("; ", vi.Select(c => c.Word))}.", $"Choose one of: {string.Join("; ", en.Select(c => c.Word))}.");

    /// <summary>The stage as people say it.</summary>
    public static LocalText Of(UnitStage stage) => stage switch
    {
        UnitStage.Draft => new("đang điền", "being filled in"),
        UnitStage.Submitted => new("đã nộp", "submitted"),
        UnitStage.Screened => new("đang thẩm định", "being verified"),
        UnitStage.Returned => new("bị trả lại", "returned"),
        UnitStage.Verified => new("đã thẩm định", "verified"),
        UnitStage.Council => new("hội đồng đã kết thúc", "closed by the council"),
        _ => new("đã công bố", "published"),
    };

    /// <summary>What was done, in the past.</summary>
    public static LocalText Of(RoundAction action) => action switch
    {
        RoundAction.Submit => new("Nộp phiếu", "Submitted"),
        RoundAction.Screen => new("Bắt đầu thẩm định", "Screened"),
        RoundAction.Return => new("Trả lại", "Returned"),
        RoundAction.Verify => new("Kết thúc thẩm định", "Verified"),
        RoundAction.Close => new("Hội đồng kết thúc", "Closed by the council"),
        RoundAction.Reopen => new("Mở lại", "Reopened"),
        RoundAction.Import => new("Nhập từ tệp", "Imported"),
        RoundAction.Publish => new("Công bố", "Published"),
        _ => new(RoundText.Of(action), RoundText.Of(action)),
    };

    /// <summary>The role in which something was done.</summary>
    public static LocalText Of(RoundRole role) => role switch
    {
        RoundRole.Officer => new("cán bộ đơn vị", "unit officer"),
        RoundRole.Verifier => new("người thẩm định", "verifier"),
        RoundRole.Council => new("hội đồng", "council"),
        _ => new("quản trị chấm điểm", "scoring administrator"),
    };

    /// <summary>What a person is to do with a unit.</summary>
    public static LocalText Of(UnitTask task) => task switch
    {
        UnitTask.Answer => new("Điền phiếu", "Fill in the form"),
        UnitTask.Appeal => new("Xem kết quả, khiếu nại nếu cần", "See the result, appeal if need be"),
        UnitTask.Screen => new("Kiểm tra phiếu đã đủ chưa", "Look whether the form is complete"),
        UnitTask.Verify => new("Thẩm định", "Verify"),
        UnitTask.Decide => new("Hội đồng xem xét", "Decide in the council"),
        UnitTask.Reopen => new("Mở lại", "Reopen"),
        _ => new("Xem", "Look"),
    };

    /// <summary>OD3001.</summary>
    public static OpenDataException UnknownRound() => new(RoundErrors.UnknownRound, new LocalText("Không có đợt đánh giá mang mã này.", "No round has this id."));

    /// <summary>OD3002.</summary>
    public static OpenDataException UnknownUnit() => new(RoundErrors.UnknownPart, new LocalText("Đợt đánh giá không có đơn vị này.", "The round has no such unit."));

    /// <summary>OD3002.</summary>
    public static OpenDataException UnknownIndex() => new(RoundErrors.UnknownPart, new LocalText("Bộ chỉ số không có chỉ số chính này.", "The framework has no such main index."));

    /// <summary>OD3002.</summary>
    public static OpenDataException UnknownEvidence() => new(RoundErrors.UnknownPart, new LocalText("Đơn vị không có minh chứng này.", "The unit has no such evidence."));
}
