using OpenData.Catalogs;
using OpenData.Portal.Assessments;
using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Admin;

/// <summary>A part of the administration that its home page and its navigation list.</summary>
/// <param name="Path">Address, Vietnamese.</param>
/// <param name="Title">Name.</param>
/// <param name="Summary">What one does there, in one sentence.</param>
/// <param name="AnyOf">Roles that see it; empty for those who run the platform.</param>
internal sealed record AdminSection(string Path, LocalText Title, LocalText Summary, params AccountRole[] AnyOf)
{
    /// <summary>All of them, in the order of the navigation: a new section adds its line here.</summary>
    public static IReadOnlyList<AdminSection> All { get; } =
    [
        new("/admin/runs", RunAdminWords.Runs, new("Lượt nạp đang chạy và đã xong, từng bước, nhật ký, nguyên nhân lỗi.", "Runs at work and runs that ended: steps, log, cause of failures.")),
        new("/admin/schedules", RunAdminWords.Schedules, new("Bộ nào chạy lúc nào, bộ nào trễ; yêu cầu chạy ngay.", "What runs when and what is late; ask for a run now.")),
        new("/admin/quarantine", QuarantineWords.Title, new("Bản ghi không qua kiểm tra: theo bộ dữ liệu, theo quy tắc, rồi từng bản ghi.", "Records that did not pass the checks: by dataset, by rule, then one by one."), AccountRole.Operator),
        new("/admin/approvals", ApprovalWords.Approvals, new("Phiên bản đang chờ duyệt: xem số liệu, duyệt, hẹn giờ công bố hoặc từ chối.", "Versions that wait: look at their figures, approve, set a time or turn down."), AccountRole.Approver),
        new("/admin/proposals", ApprovalWords.Proposals, new("Thay đổi hợp đồng mà nguồn dữ liệu gợi ra.", "Changes of contracts that the sources suggest."), AccountRole.Operator),
        new("/admin/assessments", AssessmentWords.Assessments, AssessmentWords.Summary, [.. AccountRoles.Scoring]),
        new("/admin/people", AdminWords.People, new("Mời người mới, đổi vai trò, cấp lại mật khẩu, khoá tài khoản.", "Invite people, change roles, give new passwords, disable accounts."), AccountRole.Operator),
        new("/admin/audit", AdminWords.AuditLog, new("Ai đã làm gì, lúc nào; chỉ được ghi thêm, không sửa được.", "Who did what and when; lines are only ever added."), AdminEndpoints.AuditReaders),
        new("/admin/password", AdminWords.MyPassword, new("Đổi mật khẩu của bạn.", "Change your password."), [.. AccountRoles.All]),
    ];

    /// <summary>Those that a person sees.</summary>
    public static IEnumerable<AdminSection> For(Account account) => All.Where(s => (s.AnyOf.Length == 0 ? AccountRoles.Platform : s.AnyOf).Any(account.Is));
}
