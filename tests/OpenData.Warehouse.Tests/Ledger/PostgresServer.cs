using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace OpenData.Warehouse.Tests.Ledger;

/// <summary>A PostgreSQL of our own from Debian's binaries, on a Unix socket in a temp folder; it refuses to run as root.</summary>
public sealed class PostgresServer : IDisposable
{
    private static int Servers;

    private readonly string? _folder;
    private int _databases;

    public PostgresServer()
    {
        if (WhyNot is not null)
        {
            return;
        }

        _folder = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"odpg{Environment.ProcessId}-{Interlocked.Increment(ref Servers)}"));
        Directory.CreateDirectory(_folder);
        if (IsRoot)
        {
            Run("chown", "nobody", _folder);
        }

        RunServerTool("initdb", "-D", $"{_folder}/db", "-U", "opendata", "--auth=trust", "--no-sync", "-E", "UTF8");
        RunServerTool("pg_ctl", "-D", $"{_folder}/db", "-w", "-l", $"{_folder}/log", "-o", $"-k {_folder} -h '' -c fsync=off", "start");
    }

    /// <summary>Why there is no server here; null when there is.</summary>
    public static string? WhyNot { get; } = Binaries is null
        ? "PostgreSQL is not installed (looked for /usr/lib/postgresql/*/bin); the ledger was tested on SQLite only."
        : IsRoot && !File.Exists("/usr/sbin/runuser") ? "PostgreSQL refuses to run as root and runuser is missing." : null;

    private static bool IsRoot => string.Equals(Environment.UserName, "root", StringComparison.Ordinal);

    private static string? Binaries => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(d => $"{d}/bin").LastOrDefault(d => File.Exists($"{d}/initdb"))
        : null;

    /// <summary>Connection string of a new, empty database.</summary>
    public string NewDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"ledger{Interlocked.Increment(ref _databases)}");
        using var connection = new NpgsqlConnection($"Host={_folder};Username=opendata;Database=postgres;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"create database {name}";
        command.ExecuteNonQuery();
        return $"Host={_folder};Username=opendata;Database={name}";
    }

    public void Dispose()
    {
        if (_folder is not null)
        {
            NpgsqlConnection.ClearAllPools();
            RunServerTool("pg_ctl", "-D", $"{_folder}/db", "-m", "immediate", "stop");
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static void RunServerTool(string tool, params string[] arguments)
    {
        if (IsRoot)
        {
            Run("/usr/sbin/runuser", ["-u", "nobody", "--", $"{Binaries}/{tool}", .. arguments]);
        }
        else
        {
            Run($"{Binaries}/{tool}", arguments);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        // The server inherits open pipes and would keep them open; it gets none. Tests also run under cultures whose locale this
        // system may not have, which initdb refuses.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "\"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]) { WorkingDirectory = "/" };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}.");
    }
}
