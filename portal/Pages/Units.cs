using OpenData.Catalogs;

namespace OpenData.Portal.Pages;

/// <summary>Units of measure as readers write them. Contracts and files keep the plain word.</summary>
internal static class Units
{
    private static readonly Dictionary<string, LocalText> Known = new(StringComparer.Ordinal)
    {
        ["VND"] = new("đồng", "VND"),
        ["million VND"] = new("triệu đồng", "million VND"),
        ["km2"] = new("km²", "km²"),
        ["m2"] = new("m²", "m²"),
        ["person"] = new("người", "people"),
        ["case"] = new("hồ sơ", "cases"),
        ["document"] = new("văn bản", "documents"),
        ["report"] = new("phản ánh", "reports"),
        ["station"] = new("trạm", "stations"),
        ["day"] = new("ngày", "days"),
        ["percent"] = new("%", "%"),
    };

    /// <summary>The unit in both languages; a unit that we do not know stays as the contract has it.</summary>
    public static LocalText Of(string unit) => Known.GetValueOrDefault(unit) ?? new LocalText(unit, unit);
}
