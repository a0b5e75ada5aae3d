namespace OpenData.Catalogs.Frameworks;

/// <summary>How the inputs of a component become a share of its points. A closed set; each kind names the inputs it takes.</summary>
/// <param name="Kind">The word in framework files.</param>
/// <param name="Roles">Names of its inputs.</param>
public abstract record Formula(string Kind, IReadOnlyList<string> Roles)
{
    /// <summary>All points for yes, none for no.</summary>
    public sealed record Boolean() : Formula("boolean", ["value"]);

    /// <summary>A share for each named level, for example head 1, deputy 0.5, none 0.</summary>
    public sealed record Levels(IReadOnlyList<FormulaLevel> Of) : Formula("levels", ["level"]);

    /// <summary>Parts that are fulfilled each by itself (0 to 1); their shares add up to 1.</summary>
    public sealed record Parts(IReadOnlyList<FormulaLevel> Of) : Formula("parts", [.. Of.Select(p => p.Name)]);

    /// <summary>Points for a count: the greatest step that it reaches; below the first, none.</summary>
    public sealed record Steps(IReadOnlyList<FormulaStep> Of) : Formula("steps", ["n"]);

    /// <summary>a ÷ b.</summary>
    public sealed record Ratio(ZeroRule Zero, AboveRule Above) : Formula("ratio", ["a", "b"]);

    /// <summary>(a ÷ b) ÷ target, at most 1.</summary>
    public sealed record RatioCapped(decimal Target, ZeroRule Zero) : Formula("ratio_capped", ["a", "b"]);

    /// <summary>A share for the band that a ÷ b reaches; below the first, none.</summary>
    public sealed record Tiers(IReadOnlyList<FormulaStep> Of, ZeroRule Zero) : Formula("tiers", ["a", "b"]);

    /// <summary>(a ÷ b) ÷ the greatest a ÷ b of the unit's league; the league is frozen with the round.</summary>
    public sealed record RelativeToBest(ZeroRule Zero) : Formula("relative_to_best", ["a", "b"]);

    /// <summary>n ÷ full, at most 1.</summary>
    public sealed record CountCapped(decimal Full) : Formula("count_capped", ["n"]);

    /// <summary>((now − before) ÷ before) ÷ target, between 0 and 1.</summary>
    public sealed record Growth(decimal Target, ZeroRule Zero) : Formula("growth", ["now", "before"]);

    /// <summary>1 − a ÷ b.</summary>
    public sealed record Inverse(ZeroRule Zero, AboveRule Above) : Formula("inverse", ["a", "b"]);

    /// <summary>(x − min) ÷ (max − min), between 0 and 1. A max below min turns the direction round.</summary>
    public sealed record Goalpost(decimal Min, decimal Max) : Formula("goalpost", ["x"]);

    /// <summary>A survey's score ÷ its scale.</summary>
    public sealed record Survey(decimal Scale) : Formula("survey", ["score"]);

    /// <summary>Points that another body published, with its source as evidence.</summary>
    public sealed record External() : Formula("external", ["points"]);
}
