using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Quarantine;

/// <summary>Why refused records are not shown, or not read again.</summary>
public static class QuarantineErrors
{
    /// <summary>Nothing is kept of that run.</summary>
    public static readonly ErrorCode Unknown = new("OD2260", "Nothing is kept in quarantine of this run", "Không còn bản ghi cách ly của lượt chạy này");

    /// <summary>The file has another hash than its name.</summary>
    public static readonly ErrorCode Damaged = new("OD2261", "A quarantine file is damaged", "Một tệp cách ly bị hỏng");

    /// <summary>The source bytes of the run are gone.</summary>
    public static readonly ErrorCode BytesGone = new("OD2262", "The source bytes are gone: fetch again", "Dữ liệu gốc không còn: hãy lấy lại từ nguồn");

    /// <summary>Reading those bytes again could bring back what was replaced or removed since.</summary>
    public static readonly ErrorCode Outdated = new("OD2263", "Newer data is published", "Đã công bố dữ liệu mới hơn");

    /// <summary>The dataset is made from others.</summary>
    public static readonly ErrorCode NoSource = new("OD2264", "The dataset has no source bytes", "Bộ dữ liệu không có dữ liệu gốc");
}
