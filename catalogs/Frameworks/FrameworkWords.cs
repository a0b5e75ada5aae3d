namespace OpenData.Catalogs.Frameworks;

/// <summary>The closed lists of words that framework fields take.</summary>
internal static class FrameworkWords
{
    public static IReadOnlyDictionary<string, UnitLevel> UnitLevels { get; } = new Dictionary<string, UnitLevel>(StringComparer.Ordinal)
    {
        ["nation"] = UnitLevel.Nation,
        ["ministry"] = UnitLevel.Ministry,
        ["province"] = UnitLevel.Province,
        ["department"] = UnitLevel.Department,
        ["district"] = UnitLevel.District,
        ["commune"] = UnitLevel.Commune,
    };

    public static IReadOnlyDictionary<string, RankBasis> RankBases { get; } = new Dictionary<string, RankBasis>(StringComparer.Ordinal)
    {
        ["unrounded"] = RankBasis.Unrounded,
        ["published"] = RankBasis.Published,
    };

    public static IReadOnlyDictionary<string, NotApplicableRule> NotApplicableRules { get; } = new Dictionary<string, NotApplicableRule>(StringComparer.Ordinal)
    {
        ["redistribute"] = NotApplicableRule.Redistribute,
        ["exclude"] = NotApplicableRule.Exclude,
        ["zero"] = NotApplicableRule.Zero,
    };

    public static IReadOnlyDictionary<string, MissingRule> MissingRules { get; } = new Dictionary<string, MissingRule>(StringComparer.Ordinal)
    {
        ["zero"] = MissingRule.Zero,
        ["previous"] = MissingRule.Previous,
        ["exclude"] = MissingRule.Exclude,
    };

    public static IReadOnlyDictionary<string, ZeroRule> ZeroRules { get; } = new Dictionary<string, ZeroRule>(StringComparer.Ordinal)
    {
        ["zero"] = ZeroRule.Zero,
        ["full"] = ZeroRule.Full,
        ["not_applicable"] = ZeroRule.NotApplicable,
    };

    public static IReadOnlyDictionary<string, AboveRule> AboveRules { get; } = new Dictionary<string, AboveRule>(StringComparer.Ordinal)
    {
        ["error"] = AboveRule.Error,
        ["cap"] = AboveRule.Cap,
    };

    public static IReadOnlyDictionary<string, Measure> Measures { get; } = new Dictionary<string, Measure>(StringComparer.Ordinal)
    {
        ["count"] = Measure.Count,
        ["sum"] = Measure.Sum,
        ["mean"] = Measure.Mean,
        ["min"] = Measure.Min,
        ["max"] = Measure.Max,
    };

    public static IReadOnlyList<string> FormulaKinds { get; } =
        [
            "boolean", "levels", "parts", "steps", "ratio", "ratio_capped", "tiers", "relative_to_best", "count_capped", "growth", "inverse",
            "goalpost", "survey", "external",
        ];
}
