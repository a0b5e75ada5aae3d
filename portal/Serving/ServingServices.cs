namespace OpenData.Portal.Serving;

/// <summary>Registers this room.</summary>
internal static class ServingServices
{
    /// <summary>Adds the served state, its watcher, the query lanes and both caches.</summary>
    public static IServiceCollection AddServing(this IServiceCollection services, PortalOptions options)
    {
        services.AddSingleton(_ => new SpillFolder(Path.GetFullPath(Path.Combine(options.DataFolder, "spill"))));
        services.AddSingleton<QueryLanes>();
        services.AddSingleton<FileProofs>();
        services.AddSingleton<ServedData>();
        services.AddSingleton<AsOf>();
        services.AddSingleton<CatalogLoader>();
        services.AddSingleton(new AnswerCache(options.AnswersMb * 1024L * 1024L));
        services.AddSingleton<RunBook>();
        services.AddSingleton(provider => new FileCache(
            Path.Combine(options.DataFolder, "cache"), options.CacheMb * 1024L * 1024L, provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<CatalogWatcher>();
        services.AddHostedService<FileRechecks>();
        return services;
    }
}
