using System.Net;
using OpenData.SampleAgencies.Systems;

namespace OpenData.SampleAgencies;

/// <summary>The web server that plays the agencies' systems.</summary>
internal static class SampleServer
{
    /// <summary>Builds the server on 127.0.0.1; the caller starts and stops it.</summary>
    public static WebApplication Build(AgencyOptions options, TimeProvider clock)
    {
        // The slim builder reads no settings file and no ASPNETCORE_URLS: the options say all.
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
        });

        var app = builder.Build();
        var world = new World(options.Seed);
        var growth = new Growth(clock, options.Grow);
        var faults = new Faults();
        app.Use(next => context => faults.PlayAsync(context, next));
        app.MapGet("/", () => Results.Text(Content.Text("index.html"), "text/html; charset=utf-8"));
        app.MapGet("/healthz", () => Results.Text("ok"));
        new OneStopCases(world, growth).Map(app, options.Token);
        new PublicServices(world).Map(app);
        new DocumentExchange(world).Map(app);
        new TelecomStations(world).Map(app);
        new UrbanTrees(world).Map(app);
        new CitizenReports(world, growth).Map(app, options.Token);
        new CommunityGroups(world).Map(app);
        new CashlessMarkets(world).Map(app);
        new NetworkInventory(world).Map(app, options.Token);
        new CkanPortal(world).Map(app, options.Token);
        MapControl(app.MapGroup("/control").AddEndpointFilter(new BearerToken(options.Token)), growth, faults);
        return app;
    }

    private static void MapControl(RouteGroupBuilder control, Growth growth, Faults faults)
    {
        control.MapPost("/grow", (int? steps) => steps is null or < 0 or > 1000
            ? Results.BadRequest(new { error = "steps is 0 to 1000" })
            : Results.Ok(new { steps = growth.Grow(steps.Value) }));
        control.MapPost("/fault", (string kind, string? path, int? times, double? seconds) =>
        {
            if (!Faults.Kinds.Contains(kind))
            {
                return Results.BadRequest(new { error = $"kind is one of {string.Join(", ", Faults.Kinds)}" });
            }

            faults.Plan(new Fault(kind, path ?? "", seconds ?? 5), times ?? 1);
            return Results.NoContent();
        });
        control.MapPost("/reset", () =>
        {
            growth.Reset();
            faults.Clear();
            return Results.NoContent();
        });
    }
}
