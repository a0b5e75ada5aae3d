using OpenData.Catalogs;
using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Admin;

/// <summary>The words of the administration.</summary>
internal static class AdminWords
{
    public static readonly LocalText Administration = new("Quản trị", "Administration");
    public static readonly LocalText SignIn = new("Đăng nhập", "Sign in");
    public static readonly LocalText SignOut = new("Đăng xuất", "Sign out");
    public static readonly LocalText SignInLead = new("Dành cho người vận hành cổng. Xem và tải dữ liệu không cần đăng nhập.", "For the people who run this portal. Reading data needs no sign-in.");
    public static readonly LocalText NobodyYet = new(
        "Chưa có tài khoản nào. Liên kết dùng một lần cho người vận hành đầu tiên được in ra khi cổng khởi động.",
        "There is no account yet. The one-time link for the first operator is printed when the portal starts.");
    public static readonly LocalText Name = new("Tên đăng nhập", "Name");
    public static readonly LocalText Password = new("Mật khẩu", "Password");
    public static readonly LocalText OldPassword = new("Mật khẩu hiện tại", "Current password");
    public static readonly LocalText NewPassword = new("Mật khẩu mới", "New password");
    public static readonly LocalText PasswordHint = new(
        "Ít nhất 12 ký tự, dấu cách cũng được. Một câu ngắn dễ nhớ là tốt nhất; không cần ký tự đặc biệt.",
        "At least 12 characters, spaces too. A short sentence that you remember is best; no special characters are needed.");
    public static readonly LocalText FirstAccount = new("Tài khoản đầu tiên", "First account");
    public static readonly LocalText FirstLead = new("Bạn là người vận hành đầu tiên của cổng này. Hãy chọn tên đăng nhập và mật khẩu.", "You are the first operator of this portal. Choose a name and a password.");
    public static readonly LocalText AcceptInvitation = new("Nhận lời mời", "Accept the invitation");
    public static readonly LocalText ChoosePassword = new("Chọn mật khẩu", "Choose a password");
    public static readonly LocalText Save = new("Lưu", "Save");
    public static readonly LocalText MyPassword = new("Mật khẩu của tôi", "My password");
    public static readonly LocalText PasswordLead = new("Đổi mật khẩu kết thúc mọi phiên đăng nhập khác của bạn.", "A new password ends all your other sessions.");
    public static readonly LocalText WrongPassword = new("Mật khẩu hiện tại không đúng.", "The current password is not right.");
    public static readonly LocalText Refused = new("Tên hoặc mật khẩu không đúng, hoặc tài khoản đang bị khoá.", "Name or password is wrong, or the account is disabled.");
    public static readonly LocalText Wait = new("Đã thử sai quá nhiều lần. Hãy thử lại sau", "Too many attempts failed. Try again after");
    public static readonly LocalText People = new("Người dùng", "People");
    public static readonly LocalText Roles = new("Vai trò", "Roles");
    public static readonly LocalText PlatformRoles = new("Vận hành cổng", "Running the portal");
    public static readonly LocalText ScoringRoles = new("Chấm điểm", "Scoring");
    public static readonly LocalText Units = new("Đơn vị phụ trách", "Units");
    public static readonly LocalText UnitsHint = new(
        "Mã các đơn vị mà người này khai thay, cách nhau bằng dấu phẩy. Người phụ trách một đơn vị không thẩm định và không điều chỉnh điểm của đơn vị đó.",
        "Codes of the units that this person answers for, with commas between them. Whoever answers for a unit neither verifies nor adjusts its scores.");
    public static readonly LocalText NoUnits = new("Cán bộ đơn vị này chưa được giao đơn vị nào.", "This unit officer has no unit yet.");
    public static readonly LocalText SaveUnits = new("Lưu đơn vị", "Save units");
    public static readonly LocalText State = new("Trạng thái", "State");
    public static readonly LocalText LastSignIn = new("Đăng nhập gần nhất", "Last sign-in");
    public static readonly LocalText Works = new("đang dùng", "in use");
    public static readonly LocalText Invited = new("đã mời, chưa nhận", "invited, not accepted");
    public static readonly LocalText DisabledState = new("đã khoá", "disabled");
    public static readonly LocalText Manage = new("Thay đổi", "Change");
    public static readonly LocalText NewLink = new("Tạo liên kết đặt mật khẩu", "Make a password link");
    public static readonly LocalText Disable = new("Khoá tài khoản", "Disable");
    public static readonly LocalText Enable = new("Mở khoá", "Enable");
    public static readonly LocalText SaveRoles = new("Lưu vai trò", "Save roles");
    public static readonly LocalText Invite = new("Mời người mới", "Invite somebody");
    public static readonly LocalText LinkMade = new("Liên kết dùng một lần", "One-time link");
    public static readonly LocalText LinkMadeLead = new(
        "Chỉ hiện lần này. Hãy gửi riêng cho người nhận; liên kết dùng được một lần trong 72 giờ. Ai có liên kết đều dùng được nó.",
        "Shown this once. Hand it to the person privately; it works once, within 72 hours, for whoever has it.");
    public static readonly LocalText LinkFor = new("Dành cho", "For");
    public static readonly LocalText AuditLog = new("Nhật ký thao tác", "Audit log");
    public static readonly LocalText AuditLead = new(
        "Mỗi dòng được nối với dòng trước bằng mã băm: sửa, xoá hay đổi chỗ đều bị phát hiện khi chạy audit verify.",
        "Each line is chained to the one before it by a hash: audit verify finds any that was changed, removed or moved.");
    public static readonly LocalText Actor = new("Người thực hiện", "Actor");
    public static readonly LocalText Action = new("Thao tác", "Action");
    public static readonly LocalText Subject = new("Đối tượng", "Subject");
    public static readonly LocalText Detail = new("Chi tiết", "Detail");
    public static readonly LocalText Time = new("Thời điểm", "Time");
    public static readonly LocalText Filter = new("Lọc", "Filter");
    public static readonly LocalText Older = new("Cũ hơn", "Older");
    public static readonly LocalText Newest = new("Mới nhất", "Newest");
    public static readonly LocalText Nothing = new("Không có dòng nào.", "No lines.");

    public static LocalText Of(AccountRole role) => role switch
    {
        AccountRole.Operator => new("Người vận hành", "Operator"),
        AccountRole.Approver => new("Người phê duyệt", "Approver"),
        AccountRole.UnitOfficer => new("Cán bộ đơn vị", "Unit officer"),
        AccountRole.Verifier => new("Người thẩm định", "Verifier"),
        AccountRole.Council => new("Thành viên hội đồng", "Council member"),
        _ => new("Quản trị chấm điểm", "Scoring administrator"),
    };
}
