using OpenData.Catalogs;

namespace OpenData.Warehouse.Ledger;

/// <summary>Every cause in public words, and what a person can do about it. No addresses, no values, nothing of our inside.</summary>
public static class CauseText
{
    /// <summary>A few words, for a list.</summary>
    public static LocalText Short(FreshnessCause cause) => Of(cause).Short;

    /// <summary>A whole sentence.</summary>
    public static LocalText Sentence(FreshnessCause cause) => Of(cause).Sentence;

    /// <summary>What a person can do.</summary>
    public static LocalText Advice(FreshnessCause cause) => Of(cause).Advice;

    private static (LocalText Short, LocalText Sentence, LocalText Advice) Of(FreshnessCause cause) => cause switch
    {
        FreshnessCause.SourceSilent => (
            new("nguồn không trả lời", "the source is silent"),
            new("Hệ thống của cơ quan cung cấp không trả lời, hoặc trả lời mà không có dữ liệu.", "The publisher's system did not answer, or answered without data."),
            new("Cơ quan cung cấp cần kiểm tra hệ thống nguồn; lượt nạp sau sẽ tự thử lại.", "The publisher should look at its system; the next run tries again by itself.")),
        FreshnessCause.ContractBroken => (
            new("dữ liệu nguồn sai cam kết", "the source broke its contract"),
            new("Dữ liệu nhận được không đúng như cơ quan cung cấp đã cam kết, nên không được công bố.", "What the source sent is not what its contract says, so it was not published."),
            new("Cơ quan cung cấp sửa dữ liệu nguồn, hoặc thống nhất với đơn vị vận hành để sửa cam kết.", "The publisher mends its data, or agrees a changed contract with the operator.")),
        FreshnessCause.RowsQuarantined => (
            new("quá nhiều bản ghi bị giữ lại", "too many records refused"),
            new("Quá nhiều bản ghi không đạt kiểm tra, nên bản mới không được công bố.", "Too many records failed the checks, so the new version was not published."),
            new("Xem các quy tắc giữ lại bản ghi; cơ quan cung cấp sửa những bản ghi đó rồi gửi lại.", "See which rules refused them; the publisher mends those records and sends them again.")),
        FreshnessCause.WaitingForParent => (
            new("đang chờ bộ dữ liệu nguồn", "waiting for a parent dataset"),
            new("Bộ này cần một bộ dữ liệu khác chưa có bản mới.", "It needs another dataset that has no new version yet."),
            new("Không phải làm gì với bộ này; khi bộ kia được công bố, bộ này tự chạy.", "Nothing needs to be done here; it runs by itself once the other one is published.")),
        FreshnessCause.WaitingForApproval => (
            new("đang chờ duyệt", "waiting for approval"),
            new("Bản mới đã kiểm tra xong và đang chờ người có thẩm quyền duyệt, hoặc chờ đến giờ công bố.", "The new version is complete and checked; it waits for an approver, or for its time of release."),
            new("Người phê duyệt cần xem và quyết định; khi được duyệt và đến giờ, bản mới tự được công bố.", "An approver should look at it and decide; once approved, it is published by itself when its time comes.")),
        FreshnessCause.NotApproved => (
            new("bản mới không được duyệt", "the new version was not approved"),
            new("Bản mới không được công bố: người phê duyệt không duyệt, hoặc một bản mới hơn đã thay nó.", "The new version was not published: an approver turned it down, or a newer one took its place."),
            new("Cơ quan cung cấp và đơn vị vận hành thống nhất những gì cần sửa; lượt nạp sau tạo bản mới để duyệt.", "The publisher and the operator agree what must be mended; the next run makes a new version to approve.")),
        FreshnessCause.Interrupted => (
            new("lượt chạy bị gián đoạn", "the run was interrupted"),
            new("Lượt chạy bị dừng giữa chừng trước khi công bố.", "The run was stopped before it published."),
            new("Lượt nạp sau sẽ chạy lại từ đầu; đơn vị vận hành có thể chạy ngay.", "The next run starts afresh; the operator may run it at once.")),
        FreshnessCause.NotStarted => (
            new("lượt chạy chưa bắt đầu", "no run was started"),
            new("Đến giờ mà không có lượt chạy nào bắt đầu: bộ lập lịch đang dừng hoặc bận.", "Its time came and no run was started: the scheduler is stopped or busy."),
            new("Đơn vị vận hành cần kiểm tra tiến trình nạp dữ liệu có đang chạy không.", "The operator should see whether the worker is running.")),
        FreshnessCause.SchedulePaused => (
            new("lịch đang tạm dừng", "the schedule is paused"),
            new("Đơn vị vận hành đang tạm dừng lịch của bộ này.", "The operator has paused its schedule."),
            new("Đơn vị vận hành cho lịch chạy tiếp khi lý do tạm dừng không còn.", "The operator lets the schedule go on once the reason is gone.")),
        _ => (
            new("lượt chạy gặp lỗi", "the job failed"),
            new("Lượt chạy gặp lỗi ở phía hệ thống của chúng tôi.", "The run failed on our side."),
            new("Đơn vị vận hành cần xem nhật ký của lượt chạy; bản đang công bố không bị ảnh hưởng.", "The operator should read the log of the run; the published version is not affected.")),
    };
}
