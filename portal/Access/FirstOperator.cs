using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Access;

/// <summary>
/// While nobody has an account, each start makes a new one-time link and prints it: whoever can start the portal becomes its first operator. It goes
/// to the standard output and nowhere else; log lines go to the error stream.
/// </summary>
internal sealed class FirstOperator(
    Desk desk, PortalOptions options, IServer server, IHostApplicationLifetime lifetime, StandardOutput output, ILogger<FirstOperator> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var waiting = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            var book = await desk.BookAsync(stoppingToken);
            if (await book.MakeFirstLinkAsync("portal:start", stoppingToken) is { } link)
            {
                await output.Writer.WriteLineAsync(
                    $"Nobody can sign in yet. The first operator opens this link once, within {AccountBook.FirstLinkLife.TotalHours:0} hours:\n  {Root()}/admin/link?token={link}");
                await output.Writer.FlushAsync(stoppingToken);
            }
        }
        catch (OpenDataException unavailable)
        {
            log.LogWarning(unavailable, "The state database does not answer; nobody can sign in until it does");
        }
    }

    private string Root()
        => options.PublicUrl?.AbsoluteUri.TrimEnd('/')
            ?? (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://127.0.0.1")
                .Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal);
}
