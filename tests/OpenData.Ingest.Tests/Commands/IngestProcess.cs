using System.Diagnostics;
using OpenData.Ingest.Tests.Runs;
using OpenData.TestKit;

namespace OpenData.Ingest.Tests.Commands;

/// <summary>The real worker as a process of its own.</summary>
internal static class IngestProcess
{
    // The program's own output folder, of the configuration that the test was built in: this folder lacks what ASP.NET brings along.
    private static readonly string Program = Repository.File(
        $"artifacts/bin/OpenData.Ingest/{Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))}/OpenData.Ingest.dll");

    /// <summary>Runs a command to its end.</summary>
    public static Task<(int Code, string Output, string Error)> Run(Workplace place, string? fault, params string[] arguments)
        => Run(place, fault, [], arguments);

    /// <summary>The same with more of an environment.</summary>
    public static async Task<(int Code, string Output, string Error)> Run(
        Workplace place, string? fault, (string Name, string Value)[] environment, params string[] arguments)
    {
        using var process = Start(place, fault, environment, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill();
            throw new TimeoutException($"The worker did not end within two minutes ({string.Join(' ', arguments)}):\n{await output}{await error}", late);
        }

        return (process.ExitCode, await output, await error);
    }

    public static Process Start(Workplace place, string? fault, params string[] arguments) => Start(place, fault, [], arguments);

    public static Process Start(Workplace place, string? fault, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["DATA_DIR"] = place.DataFolder;
        start.Environment["CATALOG_DIR"] = place.Settings.CatalogFolder;
        start.Environment["SOURCE_ALLOW_PRIVATE"] = "127.0.0.1";
        start.Environment["STATE_DB"] = place.StateDatabase ?? "";
        start.Environment["OPENDATA_FAULT"] = fault ?? "";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
