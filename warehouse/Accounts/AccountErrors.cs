using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Accounts;

/// <summary>Failures of accounts and their links.</summary>
public static class AccountErrors
{
    /// <summary>The name cannot be that of an account.</summary>
    public static readonly ErrorCode BadName = new("OD2601", "Name cannot be used", "Tên không dùng được");

    /// <summary>An account of that name exists.</summary>
    public static readonly ErrorCode NameTaken = new("OD2602", "Name is taken", "Tên đã có người dùng");

    /// <summary>No account has that name.</summary>
    public static readonly ErrorCode UnknownAccount = new("OD2603", "Unknown account", "Không có tài khoản này");

    /// <summary>Nobody would be left to operate.</summary>
    public static readonly ErrorCode LastOperator = new("OD2604", "Last operator", "Người vận hành cuối cùng");

    /// <summary>The link was used, replaced or has run out, or was never made.</summary>
    public static readonly ErrorCode LinkUnusable = new("OD2605", "Link no longer works", "Liên kết không còn dùng được");

    /// <summary>An account has at least one role.</summary>
    public static readonly ErrorCode NoRole = new("OD2606", "No role chosen", "Chưa chọn vai trò");

    /// <summary>The account is disabled.</summary>
    public static readonly ErrorCode Disabled = new("OD2607", "Account is disabled", "Tài khoản đang bị khoá");

    /// <summary>A text is no code of a unit, or there are too many.</summary>
    public static readonly ErrorCode BadUnit = new("OD2608", "Unit code cannot be used", "Mã đơn vị không dùng được");
}
