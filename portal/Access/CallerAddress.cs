using System.Net;

namespace OpenData.Portal.Access;

/// <summary>Where a caller is, for counting failures: an IPv4 address, or the /64 network of an IPv6 one, since one house has all of that.</summary>
internal static class CallerAddress
{
    private const int NetworkBytes = 8;

    /// <summary>For example <c>203.0.113.7</c> or <c>2001:db8:1:2::</c>.</summary>
    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    /// <summary>The same, of an address.</summary>
    internal static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        bytes.AsSpan(Math.Min(bytes.Length, NetworkBytes)).Clear();
        return new IPAddress(bytes).ToString();
    }
}
