using OpenData.Catalogs;

namespace OpenData.Portal.Scores;

/// <summary>A province of the comparison.</summary>
/// <param name="Name">Its name today.</param>
/// <param name="PublishedNames">The names under which figures of it were published.</param>
public sealed record ComparedProvince(LocalText Name, IReadOnlyList<string> PublishedNames)
{
    /// <summary>The province itself, and two to which it is often compared.</summary>
    public static IReadOnlyList<ComparedProvince> All { get; } =
    [
        new(new("Thái Nguyên", "Thái Nguyên"), ["Thái Nguyên"]),
        new(new("Huế", "Huế"), ["Thừa Thiên Huế", "Thừa Thiên - Huế", "Huế"]),
        new(new("Thanh Hoá", "Thanh Hoá"), ["Thanh Hóa", "Thanh Hoá"]),
    ];
}
