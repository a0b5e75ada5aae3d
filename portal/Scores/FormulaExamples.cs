using OpenData.Catalogs.Frameworks;

namespace OpenData.Portal.Scores;

/// <summary>An example of each kind of formula, for the page that explains them.</summary>
internal static class FormulaExamples
{
    /// <summary>Maximum of each example.</summary>
    public const decimal Points = 10;

    /// <summary>Kind and example, in the order in which one understands them best.</summary>
    public static IReadOnlyList<(string Kind, Formula Example)> All { get; } =
    [
        .. new Formula[]
        {
            new Formula.Boolean(),
            new Formula.Levels([new("head", 1), new("deputy", 0.5m), new("none", 0)]),
            new Formula.Parts([new("A", 0.4m), new("B", 0.6m)]),
            new Formula.Steps([new(1, 0.25m), new(2, 0.5m), new(3, 0.75m), new(4, 1)]),
            new Formula.Ratio(ZeroRule.NotApplicable, AboveRule.Error),
            new Formula.RatioCapped(0.8m, ZeroRule.Zero),
            new Formula.Tiers([new(0.5m, 0.5m), new(0.8m, 1)], ZeroRule.Zero),
            new Formula.CountCapped(5),
            new Formula.Inverse(ZeroRule.Full, AboveRule.Error),
            new Formula.Growth(0.1m, ZeroRule.Zero),
            new Formula.Goalpost(15, 3),
            new Formula.RelativeToBest(ZeroRule.Zero),
            new Formula.Survey(100),
            new Formula.External(),
        }.Select(f => (f.Kind, f)),
    ];
}
