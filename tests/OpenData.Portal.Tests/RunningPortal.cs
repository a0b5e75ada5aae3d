using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenData.Portal.Access;

namespace OpenData.Portal.Tests;

/// <summary>The portal on real Kestrel, on a free port of 127.0.0.1.</summary>
public sealed class RunningPortal : IAsyncDisposable
{
    private RunningPortal(WebApplication app, Uri root)
    {
        App = app;
        Root = root;
        Client = NewClient();
    }

    /// <summary>The application, for its services and endpoints.</summary>
    public WebApplication App { get; }

    /// <summary>What it said on its standard output.</summary>
    public StringWriter Printed { get; private init; } = new();

    /// <summary>Address with trailing slash.</summary>
    public Uri Root { get; }

    /// <summary>A client that neither unpacks nor follows redirects.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts and waits until published data is served.</summary>
    public static async Task<RunningPortal> StartAsync(TestTown town, Func<PortalOptions, PortalOptions>? change = null, TimeProvider? clock = null)
    {
        var options = new PortalOptions
        {
            DataFolder = town.DataFolder,
            CatalogFolder = town.CatalogFolder,
            Port = 0,
            MemoryMb = 256,
            WatchInterval = TimeSpan.FromMilliseconds(50),
        };
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        var printed = new StringWriter();
        builder.Services.AddSingleton(new StandardOutput(printed));
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        var app = PortalHost.Build(builder, change is null ? options : change(options));
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var portal = new RunningPortal(app, new Uri(address + "/")) { Printed = printed };
        await WaitAsync(async () => (await portal.Client.GetAsync("healthz/ready")).IsSuccessStatusCode);
        return portal;
    }

    /// <summary>Another client of the same kind.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = System.Net.DecompressionMethods.None })
    {
        BaseAddress = Root,
    };

    /// <summary>Waits until the condition holds; fails after 20 seconds.</summary>
    public static async Task WaitAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("The portal did not come to the state that the test waits for.");
    }

    /// <summary>GET with one header.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }
}
