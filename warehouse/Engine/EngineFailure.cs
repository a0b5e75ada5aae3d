using DuckDB.NET.Native;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Engine;

/// <summary>Pure: what DuckDB said → an exception with a code and a sentence that names no file and no SQL.</summary>
internal static class EngineFailure
{
    /// <summary>Whether the instance is lost: DuckDB answers every later statement with the same error.</summary>
    public static bool IsFatal(DuckDBErrorType kind, string message)
        => kind is DuckDBErrorType.Fatal or DuckDBErrorType.Internal
            || message.StartsWith("INTERNAL Error", StringComparison.Ordinal)
            || message.StartsWith("FATAL Error", StringComparison.Ordinal);

    public static OpenDataException From(DuckDBErrorType kind, string message)
    {
        // A failed prepare carries no kind; its text begins with it.
        var name = kind == DuckDBErrorType.Invalid ? message.Split(' ', 2)[0] : kind.ToString();
        var (code, detail) = kind == DuckDBErrorType.OutOfMemory || name == "Out"
            ? (EngineErrors.OutOfMemory, new LocalText(
                "Truy vấn vượt giới hạn bộ nhớ. Hãy lọc hẹp hơn hoặc lấy ít cột hơn.",
                "The query went over the memory limit. Filter more narrowly or take fewer columns."))
            : (EngineErrors.QueryFailed, new LocalText(
                "Bộ máy dữ liệu không chạy được câu lệnh.", "The engine could not run the statement."));
        return new OpenDataException(code, detail, inner: new EngineException(name, message));
    }

    public static OpenDataException Timeout(TimeSpan limit) => new(EngineErrors.QueryTimeout, new LocalText(
        FormattableString.Invariant($"Truy vấn chạy quá {limit.TotalSeconds:0.###} giây và đã bị dừng."),
        FormattableString.Invariant($"The query worked longer than {limit.TotalSeconds:0.###} seconds and was stopped.")));
}
