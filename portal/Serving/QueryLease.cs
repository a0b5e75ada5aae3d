using OpenData.Warehouse.Engine;

namespace OpenData.Portal.Serving;

/// <summary>A place in a lane: one connection, bound to one version, until disposed.</summary>
internal sealed class QueryLease : IDisposable
{
    private readonly Action _release;
    private bool _disposed;

    /// <summary>Made by the lane.</summary>
    public QueryLease(EngineConnection connection, ServedDataset dataset, Action release)
    {
        Connection = connection;
        Dataset = dataset;
        _release = release;
    }

    /// <summary>The connection; its calls block.</summary>
    public EngineConnection Connection { get; }

    /// <summary>The version; it is attached under its alias as long as the lease lives.</summary>
    public ServedDataset Dataset { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Connection.Dispose();
        _release();
    }
}
