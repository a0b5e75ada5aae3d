using System.Globalization;

namespace OpenData.Benchmarks;

/// <summary>Answers that need no engine: 304, a kept answer, a file that lies ready; against the least that this server can do.</summary>
internal static class ServeAnswersBench
{
    private const int Clients = 16;
    private const string Kept = "/odata/cases?$top=100";
    private const string ParquetFile = "/datasets/cases.parquet";
    private const double Mega = 1e6;

    public static IEnumerable<Figure> Run(BenchRun run)
    {
        if (!new[] { "serve-304", "serve-cached", "serve-file" }.Any(run.IsWanted))
        {
            yield break;
        }

        var town = CasesTown.Prepare(run.Folder, run.Rows);
        using var portal = town.StartPortal(keepsAnswers: true);
        var tiny = Callers(LoadClient.Get("/healthz/live"), 200);
        if (run.IsWanted("serve-304"))
        {
            var tag = portal.Ask(Kept).Answer.Header("ETag");
            yield return AgainstTiny("304 by ETag", LoadClient.Get(Kept, $"If-None-Match: {tag}"), 304, 0.9);
        }

        if (run.IsWanted("serve-cached"))
        {
            var bytes = portal.Ask(Kept).Answer.BodyBytes;
            yield return AgainstTiny(
                string.Create(CultureInfo.InvariantCulture, $"Kept answer of 100 rows, {bytes / 1000.0:0} kB"), LoadClient.Get(Kept), 200, 0.6);
        }

        if (run.IsWanted("serve-file"))
        {
            yield return Download();
        }

        Load Callers(byte[] request, int status)
            => new(Clients, run.RoundTime, portal.Cpu, () => new HttpCaller(portal.Port, _ => request, status));

        Figure AgainstTiny(string name, byte[] request, int status, double goal)
        {
            var turns = Turns.Take(run.Rounds, Callers(request, status), tiny);
            return new Figure(
                $"{name}, {Clients} clients", "requests per CPU s", turns.Ours.Max(r => r.CallsPerCpuSecond), "tiny JSON", turns.Limit.Max(r => r.CallsPerCpuSecond), goal)
            {
                IsAtLeast = true,
                Beside = turns.Times(),
            };
        }

        Figure Download()
        {
            var file = town.PublishedFile("data.parquet");
            var megabytes = new FileInfo(file).Length / Mega;
            var request = LoadClient.Get(ParquetFile);
            var turns = Turns.Take(
                run.Rounds,
                new Load(1, run.RoundTime, portal.Cpu, () => new HttpCaller(portal.Port, _ => request)),
                new Load(1, run.RoundTime, Measure.Cpu, () => new FileCaller(file)));
            return new Figure(
                string.Create(CultureInfo.InvariantCulture, $"Parquet download of {megabytes:0.0} MB"),
                "MB per CPU s",
                turns.Ours.Max(r => r.CallsPerCpuSecond) * megabytes,
                "reading the file",
                turns.Limit.Max(r => r.CallsPerCpuSecond) * megabytes,
                0.2)
            {
                IsAtLeast = true,
                Beside = string.Create(
                    CultureInfo.InvariantCulture,
                    $"wall {Turns.Middle(turns.Ours, r => r.CallsPerSecond) * megabytes:#,##0} and {Turns.Middle(turns.Limit, r => r.CallsPerSecond) * megabytes:#,##0} MB/s"),
            };
        }
    }
}
