using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Changes;

/// <summary>Codes of comparisons that cannot be made.</summary>
public static class ChangeErrors
{
    /// <summary>The two versions have other keys.</summary>
    public static readonly ErrorCode KeyDiffers = new("OD1401", "The versions have different keys", "Hai phiên bản có khoá khác nhau");

    /// <summary>A column has another type in the other version.</summary>
    public static readonly ErrorCode TypeDiffers = new("OD1402", "A column has another type", "Một cột đã đổi kiểu");

    internal static OpenDataException Key() => new(KeyDiffers, new LocalText(
        "Giữa hai phiên bản, hợp đồng đã đổi khoá (hoặc cột, khi khoá tính từ cả dòng), nên không ghép được từng dòng. Hãy tải cả hai phiên bản.",
        "Between the two versions the contract changed the key (or a column, where the key is made from the whole row), so rows cannot be matched. Take both versions whole."));

    internal static OpenDataException Type(ColumnContract older, ColumnContract newer) => new(TypeDiffers, new LocalText(
        $"Cột {newer.Name} đổi kiểu từ {older.Type} sang {newer.Type}, nên giá trị cũ và mới không so được. Hãy tải cả hai phiên bản.",
        $"Column {newer.Name} changed its type from {older.Type} to {newer.Type}, so old and new values cannot be compared. Take both versions whole."));
}
