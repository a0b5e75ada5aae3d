using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
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

    /// <summary>Starts the server again, on 127.0.0.1 too and with TLS there; its certificate is for localhost alone.</summary>
    /// <returns>The port, and the file of the certificate that signed it.</returns>
    public (int Port, string RootFile) ListenWithTls()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var root = WriteCertificates();
        RunServerTool(
            "pg_ctl", "-D", $"{_folder}/db", "-w", "-l", $"{_folder}/log", "-m", "fast",
            "-o", string.Create(CultureInfo.InvariantCulture, $"-k {_folder} -h 127.0.0.1 -p {port} -c fsync=off -c ssl=on -c ssl_cert_file={_folder}/server.pem -c ssl_key_file={_folder}/server.key"),
            "restart");
        return (port, root);
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

    private string WriteCertificates()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=OpenData test root", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var root = rootRequest.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(root, now.AddDays(-1), now.AddDays(1), [1, 2, 3]);
        Write("root.pem", root.ExportCertificatePem());
        Write("server.pem", certificate.ExportCertificatePem());
        Write("server.key", key.ExportPkcs8PrivateKeyPem());
        Run("chmod", "600", $"{_folder}/server.key");
        if (IsRoot)
        {
            Run("chown", "nobody", $"{_folder}/server.key");
        }

        return $"{_folder}/root.pem";
    }

    private void Write(string name, string text)
    {
        using var file = File.Create($"{_folder}/{name}");
        file.Write(Encoding.ASCII.GetBytes(text));
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
