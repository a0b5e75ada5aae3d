using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Approvals;

/// <summary>Codes of versions that wait for a person; what is published stays in every case.</summary>
public static class ApprovalErrors
{
    /// <summary>A complete version waits; also the end of a run that made the same one again.</summary>
    public static readonly ErrorCode Waiting = new("OD2434", "A version waits for approval", "Một phiên bản đang chờ duyệt");

    /// <summary>An approver turned the version down.</summary>
    public static readonly ErrorCode Rejected = new("OD2435", "The version was not approved", "Phiên bản không được duyệt");

    /// <summary>A newer version took its place while it waited.</summary>
    public static readonly ErrorCode Superseded = new("OD2436", "A newer version took the place of one that waited", "Phiên bản mới hơn đã thay phiên bản đang chờ");

    /// <summary>The person asked for the version, or is no approver.</summary>
    public static readonly ErrorCode NotYours = new("OD2437", "Another person must decide on this version", "Cần một người khác quyết định về phiên bản này");

    /// <summary>There is none of that name, or it is decided.</summary>
    public static readonly ErrorCode NothingWaits = new("OD2438", "No version waits under that name", "Không có phiên bản nào đang chờ mang mã này");

    /// <summary>A file of a waiting version is not what its run wrote.</summary>
    public static readonly ErrorCode Damaged = new("OD2439", "A waiting version is damaged", "Phiên bản đang chờ duyệt bị hỏng");
}
