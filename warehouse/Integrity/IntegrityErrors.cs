using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Integrity;

/// <summary>Codes of what <c>verify</c> finds.</summary>
public static class IntegrityErrors
{
    /// <summary>A file of a version is not what its manifest says.</summary>
    public static readonly ErrorCode VersionDamaged = new("OD2320", "A file of a version is damaged", "Một tệp của phiên bản bị hỏng");

    /// <summary>A publication file is torn, or out of its order.</summary>
    public static readonly ErrorCode PublicationDamaged = new("OD2321", "A publication file is damaged", "Một tệp công bố bị hỏng");

    /// <summary>A manifest contradicts itself, its contract or the version before it.</summary>
    public static readonly ErrorCode ManifestContradicts = new("OD2322", "A manifest contradicts itself", "Một bản kê của phiên bản tự mâu thuẫn");

    /// <summary>Source bytes are missing, or have another hash than their name.</summary>
    public static readonly ErrorCode LandingDamaged = new("OD2323", "A landed file is damaged", "Một tệp tiếp nhận bị hỏng");

    /// <summary>The ledger and what is published say different things.</summary>
    public static readonly ErrorCode LedgerDiffers = new("OD2324", "The ledger and the versions differ", "Sổ lượt chạy không khớp các phiên bản");

    /// <summary>The file of the state database is damaged.</summary>
    public static readonly ErrorCode StateDamaged = new("OD2325", "The state database is damaged", "Cơ sở dữ liệu trạng thái bị hỏng");

    /// <summary>A line of the audit log was changed, removed or moved.</summary>
    public static readonly ErrorCode AuditBroken = new("OD2326", "The audit log is not as it was written", "Nhật ký kiểm toán không còn như khi ghi");

    /// <summary>A document that supports an answer is gone, or not as it was given.</summary>
    public static readonly ErrorCode EvidenceDamaged = new("OD2327", "A document of evidence is damaged", "Một tài liệu minh chứng bị hỏng");

    /// <summary>What is kept of an assessment round is not what its publications promised.</summary>
    public static readonly ErrorCode RoundDiffers = new("OD2328", "A round is not as it was published", "Một đợt đánh giá không còn như khi công bố");
}
