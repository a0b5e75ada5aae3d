using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.TestKit;
using OpenData.Warehouse.Scoring;

namespace OpenData.Warehouse.Tests.Scoring;

/// <summary>Rounds under the shipped frameworks with random answers, missing, impossible and not applicable ones among them; the same ones each time.</summary>
internal static class RandomRounds
{
    internal static readonly IReadOnlyList<Framework> Frameworks = [.. Shipped().Where(f => !f.IsStructureOnly)];

    internal static void ForEach(Action<Framework, IReadOnlyList<AssessedUnit>> check, int rounds = 20, int units = 12)
    {
        foreach (var framework in Frameworks)
        {
            for (var round = 0; round < rounds; round++)
            {
                var random = new Random((round * 31) + framework.Id.Length);
                check(framework, [.. Enumerable.Range(0, units).Select(u => Unit(framework, $"u{u:00}", random))]);
            }
        }
    }

    internal static AssessedUnit Unit(Framework framework, string code, Random random)
    {
        var group = framework.PeerGroups.Count == 0 ? null : framework.PeerGroups[random.Next(framework.PeerGroups.Count)].Code;
        return new AssessedUnit(code, group, framework.Components.ToDictionary(c => c.Code, c => Answer(c, random), StringComparer.Ordinal));
    }

    private static ComponentAnswer Answer(Component component, Random random)
    {
        switch (random.Next(10))
        {
            case 0:
                return new ComponentAnswer(component.Code, AnswerKind.NotApplicable);
            case 1:
                return new ComponentAnswer(component.Code, AnswerKind.Missing) { PreviousShare = random.Next(2) == 0 ? null : random.Next(101) / 100m };
        }

        if (component.Formula is Formula.Levels levels)
        {
            return ComponentAnswer.OfLevel(component.Code, levels.Of[random.Next(levels.Of.Count)].Name);
        }

        // Numerators are sometimes above their denominators, denominators sometimes zero.
        return ComponentAnswer.Of(component.Code, component.Formula.Roles.Select(r => (r, (decimal)(r switch
        {
            "value" => random.Next(2),
            "b" or "before" => random.Next(60),
            "score" => random.Next(101),
            _ => component.Formula is Formula.Parts ? random.Next(2) : random.Next(40),
        }))));
    }

    private static IReadOnlyList<Framework> Shipped()
    {
        var folder = Repository.File("catalogs/thai-nguyen");
        return FrameworkReader.Read(folder, CatalogReader.Read(folder).Catalog).Frameworks;
    }
}
