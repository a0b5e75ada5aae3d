using System.Net;
using System.Net.Sockets;

namespace OpenData.Ingest.Sources;

/// <summary>
/// Keeps sources from reaching inside our network: an address that is not public is refused unless its host is allow-listed. Judged at
/// connect time on the resolved address, so that a name cannot change its meaning after a check.
/// </summary>
public sealed class AddressGuard
{
    private readonly HashSet<string> _allowed;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;

    /// <summary>Makes the guard.</summary>
    /// <param name="allowed">Hosts or <c>host:port</c> that may be private (<c>SOURCE_ALLOW_PRIVATE</c>, separated by commas).</param>
    /// <param name="resolve">How names become addresses; null asks the system.</param>
    public AddressGuard(string? allowed, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        _resolve = resolve ?? Dns.GetHostAddressesAsync;
        _allowed = (allowed ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>True when we may connect to this address for that host and port.</summary>
    public bool Allows(string host, int port, IPAddress address)
        => IsPublic(address) || Lists(host, port);

    /// <summary>True when the host stands in the allow-list, with or without its port.</summary>
    public bool Lists(string host, int port) => _allowed.Contains(host) || _allowed.Contains(FormattableString.Invariant($"{host}:{port}"));

    /// <summary>True when a socket of this machine stands in the allow-list by its path.</summary>
    public bool AllowsSocket(string path) => _allowed.Contains(path);

    /// <summary>The addresses of a host to which we may connect. They are connected to as they are: a name is never resolved a second time.</summary>
    /// <exception cref="Catalogs.Errors.OpenDataException"><see cref="SourceErrors.AddressRefused"/>.</exception>
    internal async Task<IPAddress[]> ResolveAsync(string host, int port, CancellationToken token)
    {
        var addresses = await _resolve(host, token);
        var allowed = addresses.Where(a => Allows(host, port, a)).ToArray();
        return allowed.Length > 0 || addresses.Length == 0 ? allowed : throw Refused();
    }

    internal static Catalogs.Errors.OpenDataException Refused() => SourceFailure.Of(
        SourceErrors.AddressRefused,
        "Địa chỉ của nguồn nằm trong mạng nội bộ và không có trong danh sách cho phép.",
        "The source's address is private and not allow-listed.");

    /// <summary>True for addresses of the public internet only.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork ? IsPublicV4(bytes) : IsPublicV6(bytes);
    }

    private static bool IsPublicV4(ReadOnlySpan<byte> b) => (b[0], b[1]) switch
    {
        (0 or 10 or 127, _) => false,
        (100, >= 64 and <= 127) => false,
        (169, 254) => false,
        (172, >= 16 and <= 31) => false,
        (192, 168) => false,
        (192, 0) when b[2] is 0 or 2 => false,
        (192, 88) when b[2] == 99 => false,
        (198, 18 or 19) => false,
        (198, 51) when b[2] == 100 => false,
        (203, 0) when b[2] == 113 => false,
        ( >= 224, _) => false,
        _ => true,
    };

    // Only global unicast 2000::/3 and NAT64 are public; 6to4 and NAT64 carry an IPv4 address that is judged itself; Teredo, benchmarking,
    // documentation and the other special blocks of 2001::/23 are refused.
    private static bool IsPublicV6(ReadOnlySpan<byte> b) => (b[0], b[1], b[2], b[3]) switch
    {
        (0x00, 0x64, 0xff, 0x9b) => !b[4..12].ContainsAnyExcept((byte)0) && IsPublicV4(b[12..]),
        (0x20, 0x02, _, _) => IsPublicV4(b[2..6]),
        (0x20, 0x01, <= 0x01, _) => false,
        (0x20, 0x01, 0x0d, 0xb8) => false,
        (0x3f, 0xff, <= 0x0f, _) => false,
        _ => (b[0] & 0xe0) == 0x20,
    };
}
