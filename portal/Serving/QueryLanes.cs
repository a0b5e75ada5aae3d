using OpenData.Warehouse.Engine;

namespace OpenData.Portal.Serving;

/// <summary>The two lanes: short questions never wait behind whole tables.</summary>
internal sealed class QueryLanes : IDisposable
{
    /// <summary>Opens both engines.</summary>
    public QueryLanes(PortalOptions options, TimeProvider clock)
    {
        var cores = Environment.ProcessorCount;
        var published = Path.GetFullPath(Path.Combine(options.DataFolder, "published"));
        var memory = options.MemoryMb * 1024L * 1024L;
        Interactive = new QueryLane(
            new EngineOptions { Threads = Math.Min(2, cores), MemoryBytesMax = memory, QueryTimeout = options.QueryTimeout },
            published, cores, options.QueueMax, clock);
        Quick = new QueryLane(
            new EngineOptions { Threads = 1, MemoryBytesMax = memory / 4, QueryTimeout = options.QueryTimeout },
            published, cores, options.QueueMax, clock);
        Bulk = new QueryLane(
            new EngineOptions { Threads = cores, MemoryBytesMax = memory, QueryTimeout = options.ExportTimeout },
            published, cores * 2, options.QueueMax / 4, clock);
    }

    /// <summary>
    /// Looks by key and pages in physical order: a few milliseconds each by their form, so they do not queue behind filters and sorts.
    /// </summary>
    public QueryLane Quick { get; }

    /// <summary>Pages, lookups, counts: few threads, short time limit.</summary>
    public QueryLane Interactive { get; }

    /// <summary>Whole tables and heavy aggregates.</summary>
    public QueryLane Bulk { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Quick.Dispose();
        Interactive.Dispose();
        Bulk.Dispose();
    }
}
