using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;

namespace OpenData.Warehouse.ScoreTables;

/// <summary>Pure: frameworks → one row for the framework itself and for each pillar, league, main index, component and input.</summary>
internal static class FrameworkRows
{
    internal static IEnumerable<ScoreRow> Of(IEnumerable<Framework> frameworks) => frameworks.SelectMany(Of);

    private static IEnumerable<ScoreRow> Of(Framework framework)
    {
        var said = FrameworkFacts.Of(framework).ToDictionary(f => f.Path, f => f.Text, StringComparer.Ordinal);
        var position = 0;
        yield return Row("framework", framework.Id, null, framework.Title, framework.Total, framework.Sourced);
        foreach (var group in framework.PeerGroups)
        {
            yield return Row("league", group.Code, framework.Id, group.Name, null, framework.Sourced);
        }

        foreach (var pillar in framework.Pillars)
        {
            yield return Row("pillar", pillar.Code, framework.Id, pillar.Name, PointsOf(framework, pillar), pillar.Sourced, mainIndices: string.Join(' ', pillar.MainIndices));
        }

        foreach (var index in framework.MainIndices)
        {
            yield return Row("main_index", index.Code, framework.Id, index.Name, index.Points, index.Sourced);
            foreach (var component in index.Components)
            {
                var path = $"components/{component.Code}";
                yield return Row(
                    "component", component.Code, index.Code, component.Name, component.Points, component.Sourced,
                    formula: said[$"{path}/formula"], kind: component.Formula.Kind, component: component);
                foreach (var input in component.Inputs)
                {
                    yield return Row(
                        "input", $"{component.Code}/{input.Role}", component.Code, input.Title, null, component.Sourced,
                        automatic: component.Automatic.FirstOrDefault(a => string.Equals(a.Role, input.Role, StringComparison.Ordinal)), unit: input.Unit);
                }
            }
        }

        ScoreRow Row(
            string level, string code, string? parent, LocalText name, decimal? points, bool sourced, string? mainIndices = null,
            string? formula = null, string? kind = null, Component? component = null, AutomaticInput? automatic = null, string? unit = null)
            => ScoreRow.Of(
                ("framework", framework.Id),
                ("version", ScoreRow.Number(framework.Version)),
                ("level", level),
                ("code", code),
                ("parent", parent),
                ("position", ScoreRow.Number(position++)),
                ("name_vi", name.Vi),
                ("name_en", name.En),
                ("points", ScoreRow.Points(points)),
                ("main_indices", mainIndices),
                ("formula_kind", kind),
                ("formula", formula),
                ("unit_of_measure", unit),
                ("not_applicable", component is null ? null : ScoreWords.Of(component.NotApplicable)),
                ("missing", component is null ? null : ScoreWords.Of(component.Missing)),
                ("automatic_dataset", automatic?.Dataset),
                ("sourced", ScoreRow.Flag(sourced)),
                ("act", level == "framework" ? framework.Act : null),
                ("facts_sha256", level == "framework" ? FrameworkFacts.Hash(framework) : null));
    }

    // The act's own maximum where it says one, else the sum where every part is known.
    private static decimal? PointsOf(Framework framework, Pillar pillar)
        => pillar.Points ?? framework.MainIndices
            .Where(m => pillar.MainIndices.Contains(m.Code, StringComparer.Ordinal))
            .Aggregate((decimal?)0, (sum, index) => sum + index.Points);
}
