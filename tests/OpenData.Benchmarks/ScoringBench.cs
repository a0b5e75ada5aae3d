using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.TestKit;
using OpenData.Warehouse.Scoring;
using OpenData.Warehouse.Scoring.Robustness;

namespace OpenData.Benchmarks;

/// <summary>
/// A round of 200 units under the framework of 98 components: its official scores and ranks beside the bare decimal multiply-add of the same size, and its
/// places under 10,000 draws of weights beside the bare vectorised multiply-add.
/// </summary>
internal static class ScoringBench
{
    private const int Units = 200;

    // Scoring once takes a few milliseconds, which the clock of CPU time does not see.
    private const int Repeats = 40;

    public static IEnumerable<Figure> Run(BenchRun run)
    {
        var (isRound, isRobustness) = (run.IsWanted("scoring-round"), run.IsWanted("scoring-robustness"));
        if (!isRound && !isRobustness)
        {
            yield break;
        }

        var folder = Repository.File("catalogs/thai-nguyen");
        var framework = FrameworkReader.Read(folder, CatalogReader.Read(folder).Catalog).Find("dti_province_2022")
            ?? throw new InvalidOperationException("The framework of 2022 is not in the catalogue.");
        var random = new Random(922);
        IReadOnlyList<AssessedUnit> units = [.. Enumerable.Range(0, Units).Select(u => Unit(framework, u, random))];
        var scores = Scorer.Score(framework, units);
        if (isRound)
        {
            yield return Round(run, framework, units, scores);
        }

        if (isRobustness)
        {
            foreach (var figure in Robustness(run, framework, scores))
            {
                yield return figure;
            }
        }
    }

    private static Figure Round(BenchRun run, Framework framework, IReadOnlyList<AssessedUnit> units, IReadOnlyList<UnitScore> scores) => Measure.Compare(
        string.Create(CultureInfo.InvariantCulture, $"Scores and ranks of {Units} units × {framework.Components.Count()} components, {Repeats} times"),
        "maximum × share in decimal, added up",
        20,
        run.Rounds,
        () =>
        {
            for (var i = 0; i < Repeats; i++)
            {
                Ranking.Of(framework, Scorer.Score(framework, units));
            }
        },
        () =>
        {
            decimal sum = 0;
            for (var i = 0; i < Repeats; i++)
            {
                foreach (var score in scores)
                {
                    foreach (var component in score.Components)
                    {
                        sum += component.Maximum * component.Share;
                    }
                }
            }

            GC.KeepAlive(sum);
        }).ToFigure();

    private static IEnumerable<Figure> Robustness(BenchRun run, Framework framework, IReadOnlyList<UnitScore> scores)
    {
        var plan = new RobustnessPlan();
        var shares = WeightedShares.Of(framework, scores, plan.Weights);
        var factors = new double[shares.Columns * WeightedShares.BlockDraws];
        Array.Fill(factors, 1.1);
        var values = new double[shares.Stride * WeightedShares.BlockDraws];
        var compared = Measure.Compare(
            string.Create(CultureInfo.InvariantCulture, $"Places of {Units} units × {shares.Columns} weights in {plan.Draws:#,##0} draws"),
            "the multiply-adds alone, in vector registers, factors given",
            8,
            run.Rounds,
            () => RankRobustness.Of(framework, scores, plan, threads: 2, CancellationToken.None),
            () =>
            {
                for (var draw = 0; draw < plan.Draws; draw += WeightedShares.BlockDraws)
                {
                    shares.MultiplyAdd(factors, values);
                }
            });
        yield return compared.ToFigure();
        yield return new Figure("The same by the clock, two threads", "ms", compared.OursWall, "–", null, 1_000);
    }

    private static AssessedUnit Unit(Framework framework, int number, Random random) => new(
        string.Create(CultureInfo.InvariantCulture, $"u{number:000}"),
        null,
        framework.Components.ToDictionary(c => c.Code, c => Answer(c, random), StringComparer.Ordinal));

    private static ComponentAnswer Answer(Component component, Random random)
        => random.Next(20) == 0 ? new ComponentAnswer(component.Code, AnswerKind.NotApplicable)
            : component.Formula is Formula.Levels levels ? ComponentAnswer.OfLevel(component.Code, levels.Of[random.Next(levels.Of.Count)].Name)
            : ComponentAnswer.Of(component.Code, component.Formula.Roles.Select(r => (r, (decimal)(r is "b" or "before" ? 100 : component.Formula is Formula.Boolean or Formula.Parts ? random.Next(2) : random.Next(100)))));
}
