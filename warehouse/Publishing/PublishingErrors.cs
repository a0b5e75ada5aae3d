using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Publishing;

/// <summary>Codes of failures while a version is made or read; none of them touches what is published.</summary>
public static class PublishingErrors
{
    /// <summary>A publication with the same or a higher token is there already.</summary>
    public static readonly ErrorCode StaleToken = new("OD2301", "A later worker has published already", "Tiến trình khác mới hơn đã công bố");

    /// <summary>The current version is not the one that the run began with.</summary>
    public static readonly ErrorCode BaseChanged = new("OD2302", "The current version changed during the run", "Phiên bản hiện hành đã thay đổi trong lúc chạy");

    /// <summary>Records, rows and versions do not add up.</summary>
    public static readonly ErrorCode CountsDiffer = new("OD2303", "Counts of the version do not add up", "Số lượng của phiên bản không khớp");

    /// <summary>The disk is full.</summary>
    public static readonly ErrorCode DiskFull = new("OD2304", "The disk is full", "Hết dung lượng đĩa");

    /// <summary>The disk failed.</summary>
    public static readonly ErrorCode DiskFailed = new("OD2305", "The disk failed while a version was written", "Lỗi đĩa khi ghi phiên bản");

    /// <summary>What was read back differs from what was written.</summary>
    public static readonly ErrorCode ReadBackDiffers = new("OD2306", "The written version reads back differently", "Phiên bản đọc lại khác lúc ghi");

    /// <summary>Rows of the last version do not fit the contract any more.</summary>
    public static readonly ErrorCode StructureChanged = new("OD2307", "The published rows do not fit the new contract", "Dữ liệu đã công bố không khớp hợp đồng mới");

    /// <summary>A published version is damaged.</summary>
    public static readonly ErrorCode Damaged = new("OD2308", "A published version is damaged", "Một phiên bản đã công bố bị hỏng");

    /// <summary>The dataset never had that version.</summary>
    public static readonly ErrorCode NoSuchVersion = new("OD2310", "No such version", "Không có phiên bản này");

    /// <summary>The version's files are gone, or about to go.</summary>
    public static readonly ErrorCode AlreadyCollected = new("OD2311", "The version is no longer kept", "Phiên bản không còn được lưu");

    /// <summary>The contract stored with a version cannot be read.</summary>
    public static readonly ErrorCode StoredContractUnreadable = new("OD2309", "The contract of a version cannot be read", "Không đọc được hợp đồng của phiên bản");
}
