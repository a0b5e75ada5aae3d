namespace OpenData.Portal.Serving;

/// <summary>Registers this room.</summary>
internal static class ServingServices
{
    /// <summary>Adds the served state, its watcher and the query lanes.</summary>
    public static IServiceCollection AddServing(this IServiceCollection services)
    {
        services.AddSingleton<QueryLanes>();
        services.AddSingleton<ServedData>();
        services.AddSingleton<CatalogLoader>();
        services.AddSingleton<RunBook>();
        services.AddHostedService<CatalogWatcher>();
        return services;
    }
}
