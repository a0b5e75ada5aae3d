using System.Net;

namespace OpenData.Portal;

/// <summary>
/// Without a configured address links are made from the one that the caller asked. A <c>Host</c> field is believed only where it names this machine as the
/// connection found it; any other gives way to the address at which the connection arrived, so that nobody can put links of his choice into an answer.
/// </summary>
internal static class OwnHost
{
    /// <summary>Sets the host of every request, before proxies that are trusted may say another.</summary>
    public static IApplicationBuilder UseOwnHost(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var (request, arrived) = (context.Request, Plain(context.Connection.LocalIpAddress));
        if (arrived is not null && RequestGuards.HasUsableHost(request) && !IsOwn(request.Host.Host, arrived))
        {
            request.Host = new HostString(arrived.ToString(), context.Connection.LocalPort);
        }

        return next(context);
    });

    private static bool IsOwn(string host, IPAddress arrived)
        => IPAddress.TryParse(host, out var named)
            ? IPAddress.IsLoopback(named) || named.Equals(arrived)
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase);

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : address;
}
