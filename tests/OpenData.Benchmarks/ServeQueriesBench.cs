using System.Globalization;
using System.Text.Json;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Benchmarks;

/// <summary>
/// Questions that reach the engine, over HTTP from a portal that keeps no answers, against the same question asked of the engine in this
/// process. The server's CPU is its own process's; what the client costs does not count.
/// </summary>
internal static class ServeQueriesBench
{
    private const int Callers = 4;
    private const int ManyCallers = 16;
    private const string SmallPage = "Prefer: maxpagesize=100";

    public static IEnumerable<Figure> Run(BenchRun run)
    {
        if (!new[] { "serve-export", "serve-point", "serve-top100", "serve-pages", "serve-count" }.Any(run.IsWanted))
        {
            yield break;
        }

        var town = CasesTown.Prepare(run.Folder, run.Rows);
        using var portal = town.StartPortal(keepsAnswers: false);
        if (run.IsWanted("serve-export"))
        {
            yield return Export(run, town, portal, "csv", () => new CsvRows(CaseTable.Columns, CaseTable.TimeZone));
            yield return Export(run, town, portal, "json", () => new JsonRows(CaseTable.Columns, CaseTable.TimeZone));
        }

        if (run.IsWanted("serve-point"))
        {
            yield return Point(run, town, portal);
        }

        if (run.IsWanted("serve-top100"))
        {
            yield return Top100(run, town, portal);
        }

        if (run.IsWanted("serve-pages"))
        {
            yield return Pages(run, portal);
        }

        if (run.IsWanted("serve-count"))
        {
            yield return Alone(run, portal, "$count of the whole table", LoadClient.Get("/odata/cases/$count"));
            yield return Alone(run, portal, "First page of 1,000 rows", LoadClient.Get("/odata/cases"));
        }
    }

    /// <summary>The address of the page in the middle of the table, found as a client finds it.</summary>
    public static byte[] MiddlePage(PortalProcess portal, long rows)
    {
        const int jumpRows = 50_000;
        var target = "/odata/cases?$select=case_id";
        for (long passed = 0; passed < rows / 2; passed += jumpRows)
        {
            var jump = Math.Min(jumpRows, (rows / 2) - passed);
            var (_, body) = portal.Ask(target, string.Create(CultureInfo.InvariantCulture, $"Prefer: maxpagesize={jump}"));
            using var page = JsonDocument.Parse(body);
            target = new Uri(page.RootElement.GetProperty("@odata.nextLink").GetString()!).PathAndQuery; // A page before the middle has a next one.
        }

        return LoadClient.Get(target, SmallPage);
    }

    private static Figure Export(BenchRun run, CasesTown town, PortalProcess portal, string format, Func<IRowWriter> writer)
    {
        var request = CasesTown.AllRequest(format);
        using var engine = town.OpenEngine(Environment.ProcessorCount);
        var turns = Turns.Take(
            run.Rounds,
            new Load(1, run.RoundTime, portal.Cpu, () => new HttpCaller(portal.Port, _ => request)),
            new Load(1, run.RoundTime, Measure.Cpu, () => new EngineCaller(engine.Connect(), (connection, _) => Write(connection, writer()))));
        return new Figure(
            $"Whole table over HTTP as {format.ToUpperInvariant()}, {run.Rows:N0} rows × 16 columns", "CPU ms", turns.OursCpu, "same writer to nowhere", turns.LimitCpu, 2.5)
        {
            Beside = string.Create(CultureInfo.InvariantCulture, $"{turns.Times()}; server held at most {portal.PeakBytes() >> 20} MiB"),
        };
    }

    private static long Write(EngineConnection connection, IRowWriter writer)
    {
        using var reader = connection.Stream(CasesTown.AllSql(), CancellationToken.None);
        return RowPump.Write(reader, writer, Stream.Null);
    }

    private static Figure Point(BenchRun run, CasesTown town, PortalProcess portal)
    {
        using var engine = town.OpenEngine(threads: 1);
        var turns = Turns.Take(
            run.Rounds,
            new Load(Callers, run.RoundTime, portal.Cpu, () => new HttpCaller(portal.Port, town.PointRequest)),
            new Load(Callers, run.RoundTime, Measure.Cpu, () => new EngineCaller(engine.Connect(), (connection, n) => Drain(connection, town.PointSql(n)))));
        return new Figure($"OData key lookup, every time another key, {Callers} clients", "CPU ms each", turns.OursCpu, "raw prepared query", turns.LimitCpu, 1.3)
        {
            Beside = turns.Times(),
        };
    }

    private static Figure Top100(BenchRun run, CasesTown town, PortalProcess portal)
    {
        using var engine = town.OpenEngine(Environment.ProcessorCount);
        var turns = Turns.Take(
            run.Rounds,
            new Load(ManyCallers, run.RoundTime, portal.Cpu, () => new HttpCaller(portal.Port, town.Top100Request)),
            new Load(ManyCallers, run.RoundTime, Measure.Cpu, () => new EngineCaller(engine.Connect(), (connection, n) => Drain(connection, town.Top100Sql(n)))));
        return new Figure(
            $"Filter, order and top 100, every time other values, {ManyCallers} clients",
            "p99 ms",
            Turns.Middle(turns.Ours, r => r.Percentile99),
            $"raw query, {ManyCallers} callers, no gate",
            Turns.Middle(turns.Limit, r => r.Percentile99),
            1.0)
        {
            Beside = string.Create(CultureInfo.InvariantCulture, $"CPU {Figure.Text(turns.OursCpu)} and {Figure.Text(turns.LimitCpu)} ms each; {turns.Times()}"),
        };
    }

    private static Figure Pages(BenchRun run, PortalProcess portal)
    {
        var first = LoadClient.Get("/odata/cases?$select=case_id", SmallPage);
        var middle = MiddlePage(portal, run.Rows);
        var turns = Turns.Take(
            run.Rounds,
            new Load(1, run.RoundTime, portal.Cpu, () => new HttpCaller(portal.Port, _ => middle)),
            new Load(1, run.RoundTime, portal.Cpu, () => new HttpCaller(portal.Port, _ => first)));
        return new Figure("Page of 100 rows in the middle of the table", "CPU ms each", turns.OursCpu, "first page", turns.LimitCpu, 1.2)
        {
            Beside = turns.Times(),
        };
    }

    private static Figure Alone(BenchRun run, PortalProcess portal, string name, byte[] request)
    {
        var load = new Load(1, run.RoundTime, portal.Cpu, () => new HttpCaller(portal.Port, _ => request));
        Turns.Warm(load);
        var rounds = Enumerable.Range(0, run.Rounds).Select(_ => load.Run()).ToList();
        return new Figure(name, "CPU ms", rounds.Min(r => r.CpuMillisecondsEach), "–", null, 3)
        {
            Beside = string.Create(
                CultureInfo.InvariantCulture,
                $"median {Figure.Text(Turns.Middle(rounds, r => r.Median))} ms, p99 {Figure.Text(Turns.Middle(rounds, r => r.Percentile99))} ms"),
        };
    }

    private static long Drain(EngineConnection connection, SqlText sql)
    {
        long rows = 0;
        using var reader = connection.Stream(sql, CancellationToken.None);
        while (reader.Read(out var chunk))
        {
            rows += chunk.RowCount;
        }

        return rows;
    }
}
