using System.Diagnostics;
using System.Globalization;
using OpenData.TestKit;
using OpenData.Warehouse.Publishing;

namespace OpenData.Warehouse.Tests.Publishing;

/// <summary>Real processes that die while they publish. <c>OPENDATA_SCALE=soak</c> runs the full figures of the promises.</summary>
public sealed class CrashTests : IDisposable
{
    private const int KilledExitCode = 128 + 9;

    private static readonly string Yaml = PublishingBench.Yaml("""
        name: id, type: integer, required: true, title: { vi: Số, en: Number }
        name: word, type: text, title: { vi: Chữ, en: Word }
        """);

    private static readonly bool IsSoak = Environment.GetEnvironmentVariable("OPENDATA_SCALE") == "soak";

    private readonly TestFolder _folder = new();

    public CrashTests() => _folder.Write("contract.yaml", Yaml);

    public static TheoryData<string> Points =>
        [.. SnapshotPublisher.FaultPoints, "durable-part-written", "durable-part-flushed", "durable-linked", "durable-renamed"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Killed_at_a_step_readers_see_the_old_version_or_the_new_one_whole(string point)
    {
        Assert.Equal(0, (await RunAsync(rounds: 1, seed: 1)).ExitCode);
        var before = Whole();

        Assert.Equal(KilledExitCode, (await RunAsync(rounds: 1, seed: 2, ("OPENDATA_FAULT", point))).ExitCode);
        var after = Whole();
        Assert.True(after.Version == before.Version || after.Manifest.PreviousVersion == before.Version);

        Assert.Equal(0, (await RunAsync(rounds: 1, seed: 3)).ExitCode);
        Assert.Equal(after.Version, Whole().Manifest.PreviousVersion);
        Assert.Empty(new SnapshotVerifier(Store).VerifyAll(CancellationToken.None));
        Assert.Empty(Unpublished());
    }

    [Fact]
    public async Task Killed_again_and_again_at_any_step_or_from_outside_no_reader_ever_meets_a_broken_version()
    {
        var kills = IsSoak ? 200 : 12;
        var random = new Random(20261122);
        Assert.Equal(0, (await RunAsync(rounds: 1, seed: 1)).ExitCode);
        for (var kill = 0; kill < kills; kill++)
        {
            var seed = 10 + (kill * 100);
            if (kill % 2 == 0)
            {
                await RunAsync(rounds: 40, seed, ("OPENDATA_FAULT_RANDOM", string.Create(CultureInfo.InvariantCulture, $"{kill + 1}:60")));
            }
            else
            {
                await KillAsync(seed, TimeSpan.FromMilliseconds(200 + random.Next(1500)));
            }

            Whole();
        }

        Assert.Equal(0, (await RunAsync(rounds: 1, seed: 5)).ExitCode);
        Assert.Empty(new SnapshotVerifier(Store).VerifyAll(CancellationToken.None));
        Assert.Empty(Unpublished());
    }

    [Fact]
    public async Task Two_workers_on_one_folder_never_publish_on_top_of_anything_but_the_version_before()
    {
        var rounds = IsSoak ? 100 : 12;
        Assert.Equal(0, (await RunAsync(rounds: 1, seed: 1)).ExitCode);
        var ended = await Task.WhenAll(RunAsync(rounds, 1_000, "join"), RunAsync(rounds, 2_000, "join"));

        Assert.All(ended, e => Assert.True(e.ExitCode == 0, e.Output));
        var publications = Store.Publications("things");
        Assert.Equal(1 + ended.Sum(e => e.Output.Split('\n').Count(l => l.StartsWith("published", StringComparison.Ordinal))), publications.Count);
        Assert.Empty(new SnapshotVerifier(Store).VerifyAll(CancellationToken.None));
        Assert.Empty(Unpublished());
        for (var i = 0; i + 1 < publications.Count; i++)
        {
            Assert.Equal(publications[i + 1].Version, Store.Find("things", publications[i].Version)!.Manifest.PreviousVersion);
        }
    }

    private SnapshotStore Store => new(_folder.Path);

    /// <summary>The current version, each of its files as the manifest says and its rows all there.</summary>
    private Snapshot Whole()
    {
        var current = Store.Current("things");
        Assert.NotNull(current);
        var publication = Store.Publications("things")[0];
        Assert.Equal(current.Version, publication.Version);
        Assert.Empty(new SnapshotVerifier(Store).Verify("things", publication, CancellationToken.None));
        var rows = PublishingBench.Read(current, "id, word");
        Assert.Equal(current.Manifest.Rows, rows.Count);
        Assert.StartsWith($"end of {rows.Count} in ", rows[^1][1], StringComparison.Ordinal);
        return current;
    }

    private List<string> Unpublished()
    {
        var named = Store.Publications("things").Select(p => p.Version).ToHashSet();
        return [.. Directory.EnumerateDirectories(Path.Combine(Store.PublishedFolder, "things"))
            .Select(d => Path.GetFileName(d))
            .Where(n => n != "current" && !named.Contains(n))];
    }

    private Task<(int ExitCode, string Output)> RunAsync(int rounds, int seed, params (string Name, string Value)[] environment)
        => RunAsync(rounds, seed, "recover", environment);

    private async Task<(int ExitCode, string Output)> RunAsync(int rounds, int seed, string start, params (string Name, string Value)[] environment)
    {
        using var child = Start(rounds, seed, start, environment);
        var output = await child.StandardOutput.ReadToEndAsync() + await child.StandardError.ReadToEndAsync();
        await child.WaitForExitAsync();
        return (child.ExitCode, output);
    }

    private async Task KillAsync(int seed, TimeSpan after)
    {
        using var child = Start(1000, seed, "recover", []);

        // Its first line says that it has started work; the delay counts from there.
        await child.StandardOutput.ReadLineAsync();
        _ = child.StandardOutput.ReadToEndAsync();
        await Task.Delay(after);
        child.Kill();
        await child.WaitForExitAsync();
    }

    private Process Start(int rounds, int seed, string begin, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                ChildPath(),
                _folder.Path,
                _folder["contract.yaml"],
                rounds.ToString(CultureInfo.InvariantCulture),
                seed.ToString(CultureInfo.InvariantCulture),
                begin,
            },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    // Beside the tests' own output: artifacts/bin/<project>/<configuration>.
    private static string ChildPath()
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(own.Parent!.Parent!.FullName, "OpenData.CrashChild", own.Name, "OpenData.CrashChild.dll");
    }
}
