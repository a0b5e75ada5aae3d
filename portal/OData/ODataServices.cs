using OpenData.Portal.Errors;
using OpenData.Portal.OData.Delta;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>Registers this room.</summary>
internal static class ODataServices
{
    /// <summary>Adds the OData service.</summary>
    public static IServiceCollection AddOData(this IServiceCollection services)
    {
        var limits = new QueryLimits();
        services.AddSingleton(limits);
        services.AddSingleton(new OrderedRows(limits.OrderedBytesMax));
        services.AddSingleton(new RecentlyUsed<MadeRows>(limits.ResultsBytesMax, made => made.Bytes));
        services.AddSingleton(new KeptChanges(limits.OrderedBytesMax));
        services.AddSingleton<DeltaReader>();
        services.AddSingleton<MetadataDocuments>();
        services.AddSingleton<VersionChoice>();
        services.AddSingleton<KnownPages>();
        services.AddSingleton<QueryCost>();
        services.AddSingleton<SetAsFile>();
        services.AddSingleton<PageRows>();
        services.AddSingleton<PageReader>();
        services.AddSingleton<AllReader>();
        services.AddSingleton<Navigation>();
        services.AddSingleton<EntityReader>();
        services.AddSingleton<IErrorRenderer, ODataErrorRenderer>();
        return services;
    }
}
