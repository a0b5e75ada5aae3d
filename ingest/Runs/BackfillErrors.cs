using OpenData.Catalogs.Errors;

namespace OpenData.Ingest.Runs;

/// <summary>Why a range cannot be read window by window; nothing was asked of the source.</summary>
public static class BackfillErrors
{
    /// <summary>The range gives more windows than the limit.</summary>
    public static readonly ErrorCode TooManyWindows = new("OD2423", "Too many windows", "Quá nhiều khoảng thời gian");

    /// <summary>The contract gives no way to ask its source for a range of change times.</summary>
    public static readonly ErrorCode NoRange = new("OD2424", "The source cannot be read by range", "Nguồn không đọc được theo khoảng thời gian");

    /// <summary>There is a version, but no watermark that fits it: the contract has changed, or the ledger was lost.</summary>
    public static readonly ErrorCode ReadFirst = new("OD2425", "A reading of everything comes first", "Cần đọc lại toàn bộ trước");
}
