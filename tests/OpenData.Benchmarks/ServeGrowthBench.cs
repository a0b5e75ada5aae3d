using System.Globalization;

namespace OpenData.Benchmarks;

/// <summary>
/// The same question to a table and to a larger one, both over HTTP: what is answered by the key file, by physical order or by row numbers
/// must not grow with the table. Ten times the rows only on demand, since publishing them takes minutes.
/// </summary>
internal static class ServeGrowthBench
{
    public static IEnumerable<Figure> Run(BenchRun run)
    {
        if (!run.IsWanted("serve-growth"))
        {
            yield break;
        }

        // A quarter still has a key file at the usual million rows.
        var (small, large) = run.IsGrowthWanted ? (run.Rows, run.Rows * 10) : (run.Rows / 4, run.Rows);
        var smallTown = CasesTown.Prepare(run.Folder, small);
        var largeTown = CasesTown.Prepare(run.Folder, large);
        using var smallPortal = smallTown.StartPortal(keepsAnswers: false);
        using var largePortal = largeTown.StartPortal(keepsAnswers: false);
        var smallPage = ServeQueriesBench.MiddlePage(smallPortal, small);
        var largePage = ServeQueriesBench.MiddlePage(largePortal, large);
        var newest = LoadClient.Get("/odata/cases?$orderby=submitted_at%20desc&$top=100");
        yield return Compare("Key lookup", largeTown.PointRequest, smallTown.PointRequest);
        yield return Compare("Newest 100 by physical order", _ => newest, _ => newest);
        yield return Compare("Page of 100 rows in the middle", _ => largePage, _ => smallPage);

        Figure Compare(string name, Func<long, byte[]> toLarge, Func<long, byte[]> toSmall)
        {
            var turns = Turns.Take(
                run.Rounds,
                new Load(1, run.RoundTime, largePortal.Cpu, () => new HttpCaller(largePortal.Port, toLarge)),
                new Load(1, run.RoundTime, smallPortal.Cpu, () => new HttpCaller(smallPortal.Port, toSmall)));
            return new Figure(
                string.Create(CultureInfo.InvariantCulture, $"{name}, {large:N0} rows"),
                "CPU ms each",
                turns.OursCpu,
                string.Create(CultureInfo.InvariantCulture, $"{small:N0} rows"),
                turns.LimitCpu,
                2)
            {
                Beside = turns.Times(),
            };
        }
    }
}
