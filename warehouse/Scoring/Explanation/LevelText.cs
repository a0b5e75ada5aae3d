using OpenData.Catalogs;

namespace OpenData.Warehouse.Scoring.Explanation;

/// <summary>The words of levels and parts that frameworks name alike.</summary>
public static class LevelText
{
    private static readonly Dictionary<string, LocalText> Known = new(StringComparer.Ordinal)
    {
        ["head"] = new("người đứng đầu", "the head"),
        ["deputy"] = new("cấp phó", "a deputy"),
        ["full"] = new("đầy đủ", "in full"),
        ["half"] = new("một phần", "in part"),
        ["none"] = new("không có", "none"),
        ["yes"] = new("có", "yes"),
        ["no"] = new("không", "no"),
    };

    /// <summary>The word of a level or part, where it is one of ours; else as the framework has it.</summary>
    public static LocalText Of(string name) => Known.GetValueOrDefault(name) ?? new LocalText(name, name);
}
