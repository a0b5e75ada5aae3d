using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenData.TestKit;

namespace OpenData.Benchmarks;

/// <summary>The real portal as a process of its own, on a free port of this machine; it ends when this is disposed.</summary>
internal sealed class PortalProcess : IDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private PortalProcess(string dataFolder, string catalogFolder, IReadOnlyDictionary<string, string> settings)
    {
        Port = FreePort();

        // The benchmarks' own folder is artifacts/bin/<project>/<configuration>; the portal stands beside it.
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var program = Repository.File($"artifacts/bin/OpenData.Portal/{configuration}/OpenData.Portal.dll");
        if (!File.Exists(program))
        {
            throw new InvalidOperationException($"{program} is not there; ./dev bench builds it.");
        }

        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { program },
            Environment =
            {
                ["DATA_DIR"] = dataFolder,
                ["CATALOG_DIR"] = catalogFolder,
                ["PORTAL_PORT"] = Port.ToString(CultureInfo.InvariantCulture),
            },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.ErrorDataReceived += (_, e) => Take(e.Data);
        Clock = Stopwatch.StartNew();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <summary>Runs since the process was started.</summary>
    public Stopwatch Clock { get; }

    /// <summary>When <c>/healthz/ready</c> answered for the first time.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Starts the portal and waits until it is ready.</summary>
    public static PortalProcess Start(string dataFolder, string catalogFolder, params ReadOnlySpan<(string Name, string Value)> settings)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in settings)
        {
            named[name] = value;
        }

        var portal = new PortalProcess(dataFolder, catalogFolder, named);
        try
        {
            portal.WaitUntilReady();
            return portal;
        }
        catch
        {
            portal.Dispose();
            throw;
        }
    }

    /// <summary>User and system CPU of the server alone, from the kernel's books.</summary>
    public TimeSpan Cpu()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    /// <summary>The most memory that the server has held, in bytes.</summary>
    public long PeakBytes()
    {
        _process.Refresh();
        return _process.PeakWorkingSet64;
    }

    /// <summary>One question on a connection of its own; gives the answer and its body.</summary>
    public (LoadAnswer Answer, string Body) Ask(string target, params ReadOnlySpan<string> headers)
    {
        using var client = new LoadClient(Port);
        using var body = new MemoryStream();
        var answer = client.Ask(LoadClient.Get(target, headers), body);
        return (answer, Encoding.UTF8.GetString(body.ToArray()));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void WaitUntilReady()
    {
        using var wait = new ManualResetEventSlim();
        while (!IsReady())
        {
            if (_process.HasExited || Clock.Elapsed > StartMax)
            {
                lock (_output)
                {
                    throw new InvalidOperationException($"The portal does not become ready. It says:\n{_output}");
                }
            }

            // A short look costs the starting process little; nothing sets the event.
            wait.Wait(TimeSpan.FromMilliseconds(5));
        }

        ReadyAfter = Clock.Elapsed;
    }

    private bool IsReady()
    {
        try
        {
            return Ask("/healthz/ready").Answer.Status == 200;
        }
        catch (Exception notYet) when (notYet is SocketException or EndOfStreamException)
        {
            return false;
        }
    }

    private void Take(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
