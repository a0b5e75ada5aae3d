using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using OpenData.TestKit;

namespace OpenData.Journeys.Tests;

/// <summary>A data folder with real processes around it: sample agencies, ingest and portal, started as a user would, each on a free port.</summary>
public sealed class Town : IAsyncDisposable
{
    public const string Token = "journey-token-5c1f";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TestFolder _folder = new();
    private readonly List<Process> _processes = [];
    private readonly Dictionary<string, string> _environment;
    private StringBuilder _portalSaid = new();

    /// <summary>Prepares folder and ports; nothing runs yet.</summary>
    /// <param name="catalog">Catalogue folder; null means the shipped one.</param>
    public Town(string? catalog = null)
    {
        AgenciesPort = FreePort();
        PortalPort = FreePort();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{PortalPort}"), Timeout = TimeSpan.FromMinutes(2) };
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DATA_DIR"] = DataFolder,
            ["CATALOG_DIR"] = catalog ?? Repository.File("catalogs/thai-nguyen"),
            ["PORTAL_PORT"] = PortalPort.ToString(CultureInfo.InvariantCulture),
            ["AGENCIES_PORT"] = AgenciesPort.ToString(CultureInfo.InvariantCulture),
            ["AGENCIES_URL"] = AgenciesUrl,
            ["AGENCIES_TOKEN"] = Token,
            ["SOURCE_ALLOW_PRIVATE"] = "127.0.0.1",
        };
    }

    public string DataFolder => _folder["data"];

    public TestFolder Folder => _folder;

    public int AgenciesPort { get; }

    public int PortalPort { get; }

    public string AgenciesUrl => $"http://127.0.0.1:{AgenciesPort}";

    /// <summary>Talks to the portal.</summary>
    public HttpClient Http { get; }

    public void Set(string variable, string value) => _environment[variable] = value;

    public async Task StartAgenciesAsync()
    {
        Start("OpenData.SampleAgencies");
        await ReadyAsync($"{AgenciesUrl}/healthz");
    }

    /// <summary>Address of the portal.</summary>
    public Uri Root => Http.BaseAddress!; // set where it is made

    public async Task<Process> StartPortalAsync()
    {
        var process = Start("OpenData.Portal", out _portalSaid);
        await ReadyAsync($"http://127.0.0.1:{PortalPort}/healthz/ready");
        return process;
    }

    /// <summary>Publishers, themes and licences for a catalogue of the test's own in <c>catalog/</c>.</summary>
    public void WriteRegisters()
    {
        foreach (var register in new[] { "publishers", "themes", "licenses" })
        {
            _folder.Write($"catalog/{register}.yaml", File.ReadAllText(Repository.File($"tests/OpenData.Journeys.Tests/fixtures/real-units/{register}.yaml")));
        }
    }

    /// <summary>The one-time link that the portal prints while nobody can sign in.</summary>
    public async Task<string> FirstLinkAsync()
    {
        var link = "";
        await UntilAsync(
            () =>
            {
                lock (_portalSaid)
                {
                    link = _portalSaid.ToString().Split('\n').FirstOrDefault(l => l.Contains("/admin/link?token=", StringComparison.Ordinal))?.Trim() ?? "";
                }

                return Task.FromResult(link.Length > 0);
            },
            "the first operator's link");
        return link;
    }

    /// <summary>Runs the ingest command line to its end.</summary>
    public async Task<Outcome> IngestAsync(params string[] arguments)
    {
        using var process = Launch("OpenData.Ingest", arguments, out var output);
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        process.WaitForExit();
        return new Outcome(process.ExitCode, output.ToString());
    }

    /// <summary>Starts the ingest command line and leaves it running.</summary>
    public Process StartIngest(params string[] arguments) => Start("OpenData.Ingest", arguments);

    /// <summary>Lets the agencies' data grow by steps, as a working day would.</summary>
    public async Task GrowAsync(int steps)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var answer = await client.PostAsync(new Uri($"{AgenciesUrl}/control/grow?steps={steps}"), content: null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until the condition holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < Patience, $"Waited {Patience} in vain for: {what}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }

            process.Dispose();
        }

        Http.Dispose();
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string App(string project)
    {
        // The test's own folder is artifacts/bin/<test project>/<configuration>; the programs stand beside it.
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Repository.File($"artifacts/bin/{project}/{configuration}/{project}.dll");
    }

    private static async Task ReadyAsync(string address)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        await UntilAsync(
            async () =>
            {
                try
                {
                    using var answer = await client.GetAsync(new Uri(address));
                    return answer.IsSuccessStatusCode;
                }
                catch (Exception refused) when (refused is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            },
            address);
    }

    private Process Start(string project, params string[] arguments) => Start(project, out _, arguments);

    private Process Start(string project, out StringBuilder said, params string[] arguments)
    {
        var process = Launch(project, arguments, out said);
        _processes.Add(process);
        return process;
    }

    private Process Launch(string project, string[] arguments, out StringBuilder output)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(App(project));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        var text = new StringBuilder();
        var process = new Process { StartInfo = start };
        void Take(string? line)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }

        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        output = text;
        return process;
    }
}

/// <summary>How a command line ended, and all that it said.</summary>
public sealed record Outcome(int ExitCode, string Output);
