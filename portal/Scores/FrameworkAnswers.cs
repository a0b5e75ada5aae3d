using System.Text.Json;
using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.Portal.Errors;

namespace OpenData.Portal.Scores;

/// <summary>Pure: frameworks → what the API says of them.</summary>
internal static class FrameworkAnswers
{
    public static FrameworkSummary Summary(Framework framework, string root) => new()
    {
        Id = framework.Id,
        Version = framework.Version,
        Title = framework.Title,
        Level = Word(framework.Level),
        Act = framework.Act,
        From = framework.From,
        To = framework.To,
        Years = framework.Years,
        Total = framework.Total,
        MainIndexCount = framework.MainIndices.Count,
        ComponentCount = ComponentCount(framework),
        Sourced = framework.Sourced,
        StructureOnly = framework.IsStructureOnly,
        PageUrl = $"{root}/scores/frameworks/{framework.Id}",
    };

    public static FrameworkDetail Detail(Framework framework, string root) => new()
    {
        Framework = Summary(framework, root),
        Note = framework.Note,
        Sources = framework.Sources,
        RankBy = Word(framework.RankBy),
        Decimals = framework.Decimals,
        Hash = FrameworkFacts.Hash(framework),
        Pillars = [.. framework.Pillars.Select(p => new PillarDetail { Code = p.Code, Name = p.Name, Points = p.Points, MainIndices = p.MainIndices, Sourced = p.Sourced })],
        PeerGroups = [.. framework.PeerGroups.Select(p => new PeerGroupDetail { Code = p.Code, Name = p.Name })],
        MainIndices = [.. framework.MainIndices.Select(Of)],
    };

    /// <summary>Components that are described, else as many as the act names; null when neither is known.</summary>
    public static int? ComponentCount(Framework framework) => framework.Components.Count() is var known and > 0 ? known : framework.ComponentCount;

    private static MainIndexDetail Of(MainIndex index) => new()
    {
        Code = index.Code,
        Name = index.Name,
        Points = index.Points,
        ComponentCount = index.ComponentCount,
        Sourced = index.Sourced,
        Components = [.. index.Components.Select(Of)],
    };

    private static ComponentDetail Of(Component component) => new()
    {
        Code = component.Code,
        Name = component.Name,
        Points = component.Points,
        Sourced = component.Sourced,
        Formula = Of(component.Formula, component.Points),
        Inputs = [.. component.Formula.Roles.Select(role => Input(component, role))],
        NotApplicable = Word(component.NotApplicable),
        Missing = Word(component.Missing),
        Decimals = component.Decimals,
        Evidence = component.Evidence,
        Supplier = component.Supplier,
        Verifier = component.Verifier,
    };

    private static InputDetail Input(Component component, string role)
    {
        var input = component.Inputs.FirstOrDefault(i => i.Role == role);
        var automatic = component.Automatic.FirstOrDefault(a => a.Role == role);
        return new InputDetail
        {
            Role = role,
            Title = input?.Title,
            Unit = input?.Unit,
            Automatic = automatic is null ? null : new AutomaticDetail
            {
                Dataset = automatic.Dataset,
                UnitColumn = automatic.UnitColumn,
                Measure = Word(automatic.Measure),
                Column = automatic.Column,
                PeriodColumn = automatic.PeriodColumn,
                Filter = [.. automatic.Filter.Select(f => new AutomaticCondition { Column = f.Column, Values = f.Values })],
            },
        };
    }

    private static FormulaDetail Of(Formula formula, decimal points)
    {
        var plain = new FormulaDetail
        {
            Kind = formula.Kind,
            Sentence = new LocalText(
                FormulaWords.Sentence(formula, points, Language.Vietnamese), FormulaWords.Sentence(formula, points, Language.English)),
        };
        return formula switch
        {
            Formula.Levels levels => plain with { Shares = Shares(levels.Of) },
            Formula.Parts parts => plain with { Shares = Shares(parts.Of) },
            Formula.Steps steps => plain with { Steps = Steps(steps.Of) },
            Formula.Ratio ratio => plain with { Zero = Word(ratio.Zero), Above = Word(ratio.Above) },
            Formula.RatioCapped capped => plain with { Target = capped.Target, Zero = Word(capped.Zero) },
            Formula.Tiers tiers => plain with { Steps = Steps(tiers.Of), Zero = Word(tiers.Zero) },
            Formula.RelativeToBest relative => plain with { Zero = Word(relative.Zero) },
            Formula.CountCapped count => plain with { Full = count.Full },
            Formula.Growth growth => plain with { Target = growth.Target, Zero = Word(growth.Zero) },
            Formula.Inverse inverse => plain with { Zero = Word(inverse.Zero), Above = Word(inverse.Above) },
            Formula.Goalpost posts => plain with { Min = posts.Min, Max = posts.Max },
            Formula.Survey survey => plain with { Scale = survey.Scale },
            _ => plain,
        };
    }

    private static Dictionary<string, decimal> Shares(IReadOnlyList<FormulaLevel> levels) => levels.ToDictionary(l => l.Name, l => l.Share, StringComparer.Ordinal);

    private static List<StepDetail> Steps(IReadOnlyList<FormulaStep> steps) => [.. steps.Select(s => new StepDetail { From = s.From, Share = s.Share })];

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum
        => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
