using OpenData.Catalogs.Errors;

namespace OpenData.Portal.Access;

/// <summary>Codes of refusals where a person has to sign in.</summary>
public static class AccessErrors
{
    /// <summary>The address is for people who have signed in.</summary>
    public static readonly ErrorCode SignInNeeded = new("OD9101", "Sign-in needed", "Cần đăng nhập");

    /// <summary>The form was not made by this portal for this browser and person.</summary>
    public static readonly ErrorCode ForeignForm = new("OD9102", "Form is not valid any more", "Biểu mẫu không còn hiệu lực");

    /// <summary>The person has none of the roles that may do this.</summary>
    public static readonly ErrorCode RoleMissing = new("OD9103", "Role missing", "Không đủ quyền");

    /// <summary>Too many attempts failed.</summary>
    public static readonly ErrorCode TooManyAttempts = new("OD9104", "Too many attempts", "Thử quá nhiều lần");

    /// <summary>Name or password is wrong, or the account is disabled; which one is not told.</summary>
    public static readonly ErrorCode SignInRefused = new("OD9105", "Sign-in refused", "Không đăng nhập được");

    /// <summary>The password is too short, too long, too common or like the name.</summary>
    public static readonly ErrorCode PasswordRefused = new("OD9106", "Password cannot be used", "Mật khẩu không dùng được");

    /// <summary>The bearer token is not accepted; why is in the log only.</summary>
    public static readonly ErrorCode TokenRefused = new("OD9107", "Token refused", "Mã truy cập bị từ chối");

    /// <summary>A request brings a session and a token.</summary>
    public static readonly ErrorCode TwoIdentities = new("OD9108", "Session and token at once", "Vừa có phiên vừa có mã truy cập");

    /// <summary>The public keys of the identity provider cannot be read.</summary>
    public static readonly ErrorCode KeysUnavailable = new("OD9109", "Identity provider not available", "Không liên hệ được nhà cung cấp danh tính");
}
