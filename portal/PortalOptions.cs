using System.Globalization;
using System.Net;
using OpenData.Catalogs;
using OpenData.Portal.Access;

namespace OpenData.Portal;

/// <summary>What an operator can set. Every value comes from an environment variable of the name given.</summary>
public sealed record PortalOptions
{
    /// <summary><c>DATA_DIR</c>: folder with <c>published/</c> and <c>state/</c>. Default <c>data</c> in the working folder.</summary>
    public string DataFolder { get; init; } = Path.GetFullPath("data");

    /// <summary><c>CATALOG_DIR</c>: folder of the province's catalogue. Default <c>catalogs/thai-nguyen</c> in the working folder.</summary>
    public string CatalogFolder { get; init; } = Path.GetFullPath("catalogs/thai-nguyen");

    /// <summary><c>PORTAL_BIND</c>: IP address to listen on. Default 127.0.0.1; a proxy in front speaks TLS.</summary>
    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary><c>PORTAL_PORT</c>: TCP port, 0 for any free one. Default 5080.</summary>
    public int Port { get; init; } = 5080;

    /// <summary><c>PUBLIC_URL</c>: address under which callers reach the portal, for absolute links. Null: this machine's own, as the caller reached it.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>
    /// <c>PORTAL_TRUSTED_PROXIES</c>: IP addresses or networks, comma-separated, whose <c>X-Forwarded-*</c> headers count. Default none.
    /// </summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary><c>PORTAL_QUERY_TIMEOUT_SECONDS</c>: an interactive query is interrupted after this time. Default 5 seconds.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary><c>PORTAL_EXPORT_TIMEOUT_SECONDS</c>: a whole-table export is broken off after this time. Default 600 seconds.</summary>
    public TimeSpan ExportTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary><c>PORTAL_QUEUE_MAX</c>: queries that may wait in one lane before callers get 503. Default 64.</summary>
    public int QueueMax { get; init; } = 64;

    /// <summary><c>PORTAL_MEMORY_MB</c>: memory limit of the interactive engine in MB; the bulk engine gets the same. Default 1024.</summary>
    public int MemoryMb { get; init; } = 1024;

    /// <summary><c>PORTAL_ANSWERS_MB</c>: memory for small answers that are kept, in MB; 0 keeps none. Default 128.</summary>
    public int AnswersMb { get; init; } = 128;

    /// <summary>
    /// <c>PORTAL_CACHE_MB</c>: disk space below <c>cache/</c> of the data folder for files made at first request, in MB; one file may have
    /// half of it. Default 2048.
    /// </summary>
    public int CacheMb { get; init; } = 2048;

    /// <summary><c>PORTAL_NAME_VI</c>, <c>PORTAL_NAME_EN</c>: name of the portal on its pages.</summary>
    public LocalText Name { get; init; } = new("Cổng dữ liệu mở", "Open data portal");

    /// <summary><c>STATE_DB</c>: PostgreSQL connection string of the run ledger. Null: SQLite below the data folder.</summary>
    public string? StateDb { get; init; }

    /// <summary><c>PORTAL_SESSION_IDLE_MINUTES</c>: a sign-in ends after this time without a request. Default 30 minutes.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary><c>PORTAL_SESSION_HOURS</c>: a sign-in ends after this time in any case. Default 12 hours.</summary>
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromHours(12);

    /// <summary><c>PORTAL_TOKEN_…</c>: bearer tokens of an identity provider; null takes none.</summary>
    public TokenOptions? Tokens { get; init; }

    /// <summary>
    /// <c>PORTAL_CHECK_ON_OPEN_MB</c>: a version whose files are together at most so large is compared with its checksums before it is served; larger ones while they
    /// are served. Default 1024 MB.
    /// </summary>
    public int CheckOnOpenMb { get; init; } = 1024;

    /// <summary><c>PORTAL_CHECK_MB_PER_SECOND</c>: how fast the files of what is served are read again in the background. Default 8 MB/s; 0 never does.</summary>
    public int CheckMbPerSecond { get; init; } = 8;

    /// <summary>How often published data and catalogue are looked at for changes. Default 1 second.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidOperationException">A value cannot be used; the message names the variable and what it takes.</exception>
    public static PortalOptions From(IConfiguration configuration)
    {
        var defaults = new PortalOptions();
        return defaults with
        {
            DataFolder = Folder(configuration, "DATA_DIR", defaults.DataFolder),
            CatalogFolder = Folder(configuration, "CATALOG_DIR", defaults.CatalogFolder),
            Bind = Text(configuration, "PORTAL_BIND") is { } bind ? ParseAddress("PORTAL_BIND", bind) : defaults.Bind,
            Port = Number(configuration, "PORTAL_PORT", defaults.Port, 0, 65535),
            PublicUrl = Text(configuration, "PUBLIC_URL") is { } url ? ParseUrl("PUBLIC_URL", url) : null,
            TrustedProxies = Text(configuration, "PORTAL_TRUSTED_PROXIES") is { } proxies ? ParseNetworks("PORTAL_TRUSTED_PROXIES", proxies) : [],
            QueryTimeout = TimeSpan.FromSeconds(Number(configuration, "PORTAL_QUERY_TIMEOUT_SECONDS", 5, 1, 600)),
            ExportTimeout = TimeSpan.FromSeconds(Number(configuration, "PORTAL_EXPORT_TIMEOUT_SECONDS", 600, 1, 86400)),
            QueueMax = Number(configuration, "PORTAL_QUEUE_MAX", defaults.QueueMax, 0, 100_000),
            Name = new LocalText(
                Text(configuration, "PORTAL_NAME_VI") ?? defaults.Name.Vi,
                Text(configuration, "PORTAL_NAME_EN") ?? defaults.Name.En),
            SessionIdle = TimeSpan.FromMinutes(Number(configuration, "PORTAL_SESSION_IDLE_MINUTES", 30, 1, 1440)),
            SessionLength = TimeSpan.FromHours(Number(configuration, "PORTAL_SESSION_HOURS", 12, 1, 168)),
            Tokens = TokenOptions.From(configuration),
            StateDb = Text(configuration, "STATE_DB"),
            CacheMb = Number(configuration, "PORTAL_CACHE_MB", defaults.CacheMb, 16, 10_000_000),
            MemoryMb = Number(configuration, "PORTAL_MEMORY_MB", defaults.MemoryMb, 64, 1_000_000),
            CheckOnOpenMb = Number(configuration, "PORTAL_CHECK_ON_OPEN_MB", defaults.CheckOnOpenMb, 0, 10_000_000),
            CheckMbPerSecond = Number(configuration, "PORTAL_CHECK_MB_PER_SECOND", defaults.CheckMbPerSecond, 0, 10_000),
            AnswersMb = Number(configuration, "PORTAL_ANSWERS_MB", defaults.AnswersMb, 0, 1_000_000),
        };
    }

    private static string? Text(IConfiguration configuration, string name)
        => configuration[name] is { Length: > 0 } value ? value : null;

    private static string Folder(IConfiguration configuration, string name, string otherwise)
        => Text(configuration, name) is { } path ? Path.GetFullPath(path) : otherwise;

    private static int Number(IConfiguration configuration, string name, int otherwise, int min, int max)
    {
        if (Text(configuration, name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number from {min} to {max}."));
    }

    private static IPAddress ParseAddress(string name, string text)
        => IPAddress.TryParse(text, out var address) ? address : throw new InvalidOperationException($"{name} must be an IP address.");

    private static Uri ParseUrl(string name, string text)
        => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { Query: "", Fragment: "" }
            ? url
            : throw new InvalidOperationException($"{name} must be an absolute http or https address without query.");

    private static List<IPNetwork> ParseNetworks(string name, string text)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            networks.Add(
                IPNetwork.TryParse(part, out var network) ? network
                : IPAddress.TryParse(part, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
                : throw new InvalidOperationException($"{name} must list IP addresses or networks such as 10.0.0.0/8."));
        }

        return networks;
    }
}
