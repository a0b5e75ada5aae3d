using System.Diagnostics;
using System.Globalization;
using OpenData.Ingest.Tests.Runs;
using OpenData.TestKit;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Tests.Commands;

/// <summary>
/// A real worker process whose n-th I/O call below the data folder fails: landing, staging, publishing, publication file and ledger.
/// Every call with every kind of fault in a soak run; a seeded share in a test run.
/// </summary>
public sealed class IoFaultTests : IDisposable
{
    private const string Before = "id,name\n1,Phổ Yên\n2,Sông Công\n";
    private const string After = "id,name\n1,Phổ Yên\n2,Sông Công\n3,Đại Từ\n";

    private static readonly string[] Kinds = ["eio", "enospc", "short", "full"];

    private readonly Workplace _place = new();
    private readonly TestFolder _folder = new();

    public void Dispose()
    {
        _place.Dispose();
        _folder.Dispose();
    }

    [IoFaultFact]
    public async Task Whichever_call_fails_readers_see_a_whole_version_and_the_next_start_needs_no_hand()
    {
        var library = await IoFault.CompileAsync(_folder.Path);
        _place.Contract("cases", $"{{ kind: csv, path: {_place.Write("in/cases.csv", Before)} }}");
        Assert.Equal(RunStatus.Succeeded, (await _place.Run("cases"))["cases"].Status);
        Copy(_place.DataFolder, _folder["base"]);
        _place.Write("in/cases.csv", After);

        var calls = await CountAsync(library);
        var (faults, hit, loud) = (0, new Dictionary<string, int>(StringComparer.Ordinal), 0);
        foreach (var (number, kind) in Cases(calls))
        {
            Restore();
            var (code, output, call) = await RunAsync(library, number, kind);
            var what = $"{kind} at call {number} ({call}), exit {code}:\n{output}";
            Assert.True(code is 0 or 1 or 4, what);
            await RequireWholeAsync(code, call, what);
            await RequireRecoveredAsync(what);
            faults++;
            loud += code == 0 ? 0 : 1;
            var name = call.Split(' ')[0];
            hit[name] = hit.GetValueOrDefault(name) + 1;
        }

        // The library saw the calls that matter, also those that .NET makes straight into libc.
        Assert.Superset(new HashSet<string> { "fsync", "link", "rename", "write", "open" }, calls.Distinct().ToHashSet());
        SoakReport.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"I/O faults: {calls.Count} calls of one run, {faults} faults ({string.Join(", ", hit.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key} {h.Value}"))}), {loud} failed runs, 0 bad states, every next start recovered."));
    }

    [IoFaultFact]
    public async Task A_full_disk_stops_publishing_not_reading_and_the_worker_goes_on_when_there_is_space_again()
    {
        var library = await IoFault.CompileAsync(_folder.Path);
        _place.Contract(
            "cases",
            $"{{ kind: csv, path: {_place.Write("in/cases.csv", Before)} }}",
            rest: "refresh: { cron: \"0/1 * * * * ?\", time_zone: Asia/Ho_Chi_Minh, due_within: PT36H, misfire: run_once }");
        Assert.Equal(RunStatus.Succeeded, (await _place.Run("cases"))["cases"].Status);
        var before = new SnapshotStore(_place.DataFolder).Current("cases")!.Version;
        var flag = _folder["full"];
        using var worker = IngestProcess.Start(_place, null, IoFault.FullWhile(library, _place.DataFolder, flag), "serve");
        var error = worker.StandardError.ReadToEndAsync();
        while (await worker.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("Worker ready", StringComparison.Ordinal))
        {
        }

        var output = worker.StandardOutput.ReadToEndAsync();
        try
        {
            await File.WriteAllTextAsync(flag, "");
            _place.Write("in/cases.csv", After);
            await Task.Delay(TimeSpan.FromSeconds(3));
            Assert.False(worker.HasExited, "The worker ended on a full disk.");
            Assert.Equal(before, new SnapshotStore(_place.DataFolder).Current("cases")!.Version);
            Assert.Equal(Before, await _place.Csv("cases"));
            File.Delete(flag);
            for (var wait = Stopwatch.StartNew(); new SnapshotStore(_place.DataFolder).Current("cases")!.Version == before;)
            {
                if (wait.Elapsed > TimeSpan.FromMinutes(5))
                {
                    worker.Kill();
                    Assert.Fail($"The worker did not publish when there was space again.\n{await error}");
                }

                Assert.False(worker.HasExited, "The worker ended on a full disk.");
                await Task.Delay(100);
            }
        }
        finally
        {
            worker.Kill();
            await worker.WaitForExitAsync();
            await Task.WhenAll(output, error);
        }

        Assert.Equal(After, await _place.Csv("cases"));
        Assert.Empty(new SnapshotVerifier(new SnapshotStore(_place.DataFolder)).VerifyAll(CancellationToken.None));
    }

    /// <summary>Every call by every kind that means something for it; in a test run a seeded share that has every kind of call.</summary>
    private static IEnumerable<(int Number, string Kind)> Cases(IReadOnlyList<string> calls)
    {
        var all = Enumerable.Range(0, calls.Count)
            .SelectMany(i => Kinds.Where(k => Matters(k, calls[i])).Select(k => (Number: i + 1, Kind: k, Call: calls[i])))
            .ToList();
        if (RunScale.IsSoak)
        {
            return all.Select(c => (c.Number, c.Kind));
        }

        var random = new Random(20261127);
        return [.. all.GroupBy(c => c.Call, StringComparer.Ordinal).SelectMany(g => g.OrderBy(_ => random.Next()).Take(g.Key is "fsync" or "write" ? 2 : 1)).Select(c => (c.Number, c.Kind))];
    }

    private static bool Matters(string kind, string call) => kind switch
    {
        "eio" => true,
        "short" => call == "write",
        _ => call is "write" or "truncate" or "allocate" or "mkdir" || (kind == "full" && call is "rename" or "link"),
    };

    private async Task<IReadOnlyList<string>> CountAsync(string library)
    {
        Restore();
        var (code, output, _) = await RunAsync(library, 0, "eio");
        Assert.True(code == 0, output);
        return [.. File.ReadLines(_folder["calls.log"]).Select(l => l.Split(' ')).OrderBy(p => int.Parse(p[0], CultureInfo.InvariantCulture)).Select(p => p[1])];
    }

    private async Task<(int Code, string Output, string Call)> RunAsync(string library, int number, string kind)
    {
        File.Delete(_folder["calls.log"]);
        int code;
        string output;
        string error;
        try
        {
            (code, output, error) = await IngestProcess.Run(
                _place, null, IoFault.At(library, _place.DataFolder, number, kind, _folder["calls.log"]), "run", "cases");
        }
        catch (TimeoutException stalled)
        {
            throw new TimeoutException($"{kind} at call {number}, the last of which was {File.ReadLines(_folder["calls.log"]).LastOrDefault()}", stalled);
        }

        var failed = File.ReadLines(_folder["calls.log"]).FirstOrDefault(l => l.EndsWith(" failed", StringComparison.Ordinal));
        return (code, output + error, failed is null ? "none" : string.Join(' ', failed.Split(' ')[1..^1]));
    }

    private async Task RequireWholeAsync(int code, string call, string what)
    {
        var store = new SnapshotStore(_place.DataFolder);
        var damages = new SnapshotVerifier(store).VerifyAll(CancellationToken.None);
        Assert.True(damages.Count == 0, $"{string.Join(' ', damages)} after {what}");
        var current = store.Current("cases");
        Assert.True(current is { Manifest.Rows: 2 or 3 }, what);
        Assert.True(code != 0 || current.Manifest.Rows == 3, $"Said to be published, but is not: {what}");

        // A failed fsync is told: no run of it ends well.
        Assert.True(!IsPromised(call) || code != 0, $"A failed fsync went unnoticed: {what}");
        var last = (await _place.Runs())[0];
        Assert.True(last.Status != RunStatus.Succeeded || store.Versions("cases").Any(v => v.Version == last.Version), $"No version of a run that succeeded: {what}");
    }

    // DuckDB's private staging file is thrown away after the run, and SQLite does not wait for the folder of its own log: neither holds what
    // was promised. All that lands or is published does.
    private static bool IsPromised(string call)
        => call.StartsWith("fsync ", StringComparison.Ordinal)
            && (call.Contains(".version", StringComparison.Ordinal) || call.Contains("/spool-", StringComparison.Ordinal)
                || call.Contains(" /landing", StringComparison.Ordinal) || call.Contains(" /published", StringComparison.Ordinal));

    private async Task RequireRecoveredAsync(string what)
    {
        await using (var worker = await _place.Open())
        {
            Assert.DoesNotContain(await worker.Ledger.ListAsync(null, null, 100, CancellationToken.None), r => r.Status == RunStatus.Started);
            Assert.True(!Directory.Exists(worker.Store.WorkFolder) || !Directory.EnumerateFileSystemEntries(worker.Store.WorkFolder).Any(), $"Left in work/ after {what}");
        }

        var again = (await _place.Run("cases"))["cases"];
        Assert.True(again.IsGood, $"{again.CauseCode} {again.Cause?.En} in the run after {what}");
        Assert.Equal(After, await _place.Csv("cases"));
        Assert.Empty(new SnapshotVerifier(new SnapshotStore(_place.DataFolder)).VerifyAll(CancellationToken.None));
    }

    private void Restore()
    {
        Directory.Delete(_place.DataFolder, recursive: true);
        Copy(_folder["base"], _place.DataFolder);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }
}
