using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OpenData.Ingest.Tests.Sources;

/// <summary>A real web server on 127.0.0.1 that answers as the test says and counts its requests.</summary>
internal sealed class FlakyAgency : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private FlakyAgency(Func<HttpContext, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Limits.MinResponseDataRate = null);
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Run(context => answer(context, Interlocked.Increment(ref _requests)));
    }

    /// <summary>Requests received.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Address without a final slash.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Starts a server whose answer may depend on the request's number, from 1.</summary>
    public static async Task<FlakyAgency> Start(Func<HttpContext, int, Task> answer)
    {
        var agency = new FlakyAgency(answer);
        await agency._app.StartAsync();
        agency.Url = agency._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return agency;
    }

    public static Task Text(HttpContext context, string body, string type = "application/json", int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Declares more than it sends, then breaks the connection.</summary>
    public static async Task Truncated(HttpContext context, string body)
    {
        context.Response.ContentLength = body.Length + 100;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
        await context.Response.Body.FlushAsync();
        // The head must be with the client, or this would be a reset.
        await Task.Delay(100);
        context.Abort();
    }

    /// <summary>Never ends.</summary>
    public static async Task Endless(HttpContext context)
    {
        var piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a,b,c\n", 1000)));
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
