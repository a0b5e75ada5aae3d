using System.Diagnostics;
using System.Globalization;
using System.Net;
using OpenData.TestKit;

namespace OpenData.Journeys.Tests;

/// <summary>Many large exports at once, and somebody with a short question: 10 of them for some seconds in a test run, 50 for a minute in a soak run.</summary>
public sealed class ManyExportsTests
{
    private static readonly bool IsSoak = Environment.GetEnvironmentVariable("OPENDATA_SCALE") == "soak";

    [Fact]
    public async Task A_short_question_is_answered_while_many_export_and_every_export_is_whole_or_refused()
    {
        await using var town = new Town();
        await town.StartAgenciesAsync();
        var portal = await town.StartPortalAsync();
        var loaded = await town.IngestAsync("run", "administrative_units", "current_provinces", "current_communes", "urban_trees");
        Assert.True(loaded.ExitCode == 0, loaded.Output);
        await Town.UntilAsync(async () => (await town.Http.GetAsync(new Uri("/api/v1/datasets/urban_trees", UriKind.Relative))).IsSuccessStatusCode, "trees");
        var rows = await SourceToQueryTests.CountAsync(town, "/odata/urban_trees/$count");

        using var stop = new CancellationTokenSource();
        var exports = Enumerable.Range(0, IsSoak ? 50 : 10).Select(n => Task.Run(() => ExportAllTheTimeAsync(town, n, rows, stop.Token))).ToList();
        var waits = await AskAllTheTimeAsync(town, TimeSpan.FromSeconds(IsSoak ? 60 : 6));
        await stop.CancelAsync();
        var totals = await Task.WhenAll(exports);

        var p99 = waits[(int)(waits.Count * 0.99)];
        var peakMegabytes = PeakMegabytes(portal);
        Assert.True(totals.Sum(t => t.Whole) > 0, "No export came through.");

        // Half a second is the promise, judged where the machine is ours; in a shared test run only a hang is a failure.
        Assert.True(p99 < TimeSpan.FromSeconds(IsSoak ? 0.5 : 20), $"The 99th of 100 short questions took {p99}.");
        Assert.InRange(peakMegabytes, 1, 4_096);
        SoakReport.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{exports.Count} clients exporting {rows} rows each time: {totals.Sum(t => t.Whole)} whole, {totals.Sum(t => t.Refused)} told to come back; beside them {waits.Count} short questions, median {waits[waits.Count / 2].TotalMilliseconds:0} ms, p99 {p99.TotalMilliseconds:0} ms (limit 500 ms); peak memory of the portal {peakMegabytes} MB."));
    }

    /// <summary>Each question is another one, so that no answer is ready: the engine works for all of them.</summary>
    private static async Task<(int Whole, int Refused)> ExportAllTheTimeAsync(Town town, int client, long rows, CancellationToken stop)
    {
        var (whole, refused) = (0, 0);
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var format = (n % 3) switch { 0 => "ndjson", 1 => "csv", _ => "tsv" };
            var never = string.Create(CultureInfo.InvariantCulture, $"diameter_cm ne {100_000 + (client * 1_000) + n}");
            var address = $"/api/v1/datasets/urban_trees/rows?format={format}&where={Uri.EscapeDataString(never)}";
            using var answer = await town.Http.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                Assert.NotNull(answer.Headers.RetryAfter);
                refused++;
                await Task.Delay(200, CancellationToken.None);
                continue;
            }

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(rows + (format == "ndjson" ? 0 : 1), await LinesAsync(answer));
            whole++;
        }

        return (whole, refused);
    }

    private static async Task<long> LinesAsync(HttpResponseMessage answer)
    {
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[64 * 1024];
        long lines = 0;
        for (var read = await body.ReadAsync(buffer); read > 0; read = await body.ReadAsync(buffer))
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        return lines;
    }

    private static async Task<List<TimeSpan>> AskAllTheTimeAsync(Town town, TimeSpan time)
    {
        var waits = new List<TimeSpan>();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
        {
            var wait = Stopwatch.StartNew();
            var least = string.Create(CultureInfo.InvariantCulture, $"population gt {waits.Count}");
            using var answer = await town.Http.GetAsync(new Uri($"/odata/current_communes?$top=5&$filter={Uri.EscapeDataString(least)}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            waits.Add(wait.Elapsed);
            await Task.Delay(20);
        }

        waits.Sort();
        return waits;
    }

    private static long PeakMegabytes(Process process)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
