using System.IO.Compression;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenData.Portal.Access;
using OpenData.Portal.Admin;
using OpenData.Portal.Api;
using OpenData.Portal.Api.Description;
using OpenData.Portal.Changes;
using OpenData.Portal.Downloads;
using OpenData.Portal.Errors;
using OpenData.Portal.Feeds;
using OpenData.Portal.OData;
using OpenData.Portal.Pages;
using OpenData.Portal.Scores;
using OpenData.Portal.Scores.Boards;
using OpenData.Portal.Serving;

namespace OpenData.Portal;

/// <summary>Puts the rooms together: one <c>AddX</c> and one <c>MapX</c> each.</summary>
public static class PortalHost
{
    private const int RequestLineBytesMax = 64 * 1024;

    /// <summary>Makes the web application; it listens once it is started.</summary>
    /// <param name="builder">A fresh builder; tests may have replaced services such as the clock.</param>
    /// <param name="options">What the operator set.</param>
    public static WebApplication Build(WebApplicationBuilder builder, PortalOptions options)
    {
        Configure(builder, options);
        var app = builder.Build();
        UseMiddleware(app, options);
        Map(app);
        return app;
    }

    private static void Configure(WebApplicationBuilder builder, PortalOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Bind, options.Port);
            kestrel.AddServerHeader = false;

            // Kestrel's own refusal has no body, so it takes longer lines than we do and RequestGuards answers.
            kestrel.Limits.MaxRequestLineSize = RequestLineBytesMax;
            kestrel.Limits.MaxRequestHeadersTotalSize = RequestLineBytesMax;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // Says at every start that keys lie in files as they are; the folder is the operator's own.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        var services = builder.Services;
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddErrors();
        services.AddServing(options);
        services.AddPages();
        services.AddAccess(options);
        services.AddApi();
        services.AddOData();
        services.AddDownloads();
        services.AddChanges();
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes =
            [
                .. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "image/svg+xml", "application/x-ndjson", "application/geo+json", "text/csv",
                AtomFeed.MediaType, JsonFeed.MediaType,
                "text/tab-separated-values",
            ];
        });
        services.AddSingleton<IResponseCompressionProvider, CompressionRules>();
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in options.TrustedProxies)
            {
                forwarded.KnownIPNetworks.Add(network);
            }
        });
    }

    private static void UseMiddleware(WebApplication app, PortalOptions options)
    {
        if (options.PublicUrl is null)
        {
            app.UseOwnHost();
        }

        if (options.TrustedProxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        app.UseRequestGuards();
        app.UseResponseCompression();
        app.UseErrors();
        app.UseSiteAssets();
        app.UseApiDescription();
        app.UseRouting();
        app.UseClosedDoors();
    }

    private static void Map(WebApplication app)
    {
        app.MapGroup("/healthz").MapHealth();
        app.MapGroup("/datasets").MapChanges("").MapDescriptions().MapDownloads();
        app.MapPages();
        app.MapFrameworkPages();
        app.MapAdmin();
        app.MapFeeds();
        app.MapGroup("/api/v1").MapApi().MapCaller().MapFrameworks().MapRounds().MapChanges("/datasets").MapRows();
        app.MapGroup(ODataEndpoints.Prefix).MapOData();
    }
}
