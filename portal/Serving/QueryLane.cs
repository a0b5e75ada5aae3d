using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Portal.Serving;

/// <summary>
/// One engine with a gate before it: a few queries at work, a bounded queue, everyone else is told to come back. DuckDB knows neither
/// a time limit nor fairness, and more callers than cores only make all of them slow.
/// </summary>
internal sealed class QueryLane : IDisposable
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(15);

    private readonly EngineOptions _options;
    private readonly IReadOnlyList<string> _folders;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _gate;
    private readonly int _queueMax;
    private readonly Lock _renewal = new();
    private volatile Running _running;
    private int _waiting;

    /// <summary>Opens the engine and locks it down to the folders.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="options">Threads, memory and time limit of the engine.</param>
    /// <param name="folders">The only folders that the engine may touch: the published one, and perhaps its own spill folder.</param>
    /// <param name="gate">Queries at work at once; about the number of cores.</param>
    /// <param name="queueMax">Queries that may wait.</param>
    /// <param name="clock">For idle times.</param>
    public QueryLane(string name, EngineOptions options, IReadOnlyList<string> folders, int gate, int queueMax, TimeProvider clock)
    {
        Name = name;
        _options = options;
        _folders = folders;
        _clock = clock;
        _gate = new SemaphoreSlim(gate, gate);
        _queueMax = queueMax;
        _running = Start();
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>The versions attached to the engine of this moment.</summary>
    public Attachments Attachments => Healthy().Attachments;

    /// <summary>Waits for a place, then hands out a connection on which the version is attached, and those that its question reads too.</summary>
    /// <param name="dataset">The version.</param>
    /// <param name="token">Ends the wait.</param>
    /// <exception cref="OpenDataException">
    /// OD9020 when the queue is full or the wait is too long; callers get 503 and Retry-After. OD9032 when the version was collected
    /// since it was looked up.
    /// </exception>
    public Task<QueryLease> EnterAsync(ServedDataset dataset, CancellationToken token) => EnterAsync([dataset, .. dataset.Related], token);

    /// <summary>The same for a question over several versions; the lease is bound to the first.</summary>
    /// <exception cref="OpenDataException">OD9020, OD9032.</exception>
    public async Task<QueryLease> EnterAsync(IReadOnlyList<ServedDataset> datasets, CancellationToken token)
    {
        await WaitAsync(token);
        try
        {
            var running = Healthy();
            var attached = new List<ServedDataset>(datasets.Count);
            try
            {
                foreach (var dataset in datasets)
                {
                    Attach(running, dataset);
                    attached.Add(dataset);
                }

                return new QueryLease(running.Engine.Connect(), datasets[0], () =>
                {
                    Release(running, attached);
                    _gate.Release();
                });
            }
            catch
            {
                Release(running, attached);
                throw;
            }
        }
        catch
        {
            _gate.Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _running.Engine.Dispose();
        _gate.Dispose();
    }

    private static void Attach(Running running, ServedDataset dataset)
    {
        try
        {
            running.Attachments.Acquire(dataset);
        }
        catch (OpenDataException failed) when (!File.Exists(dataset.Snapshot.DataFile))
        {
            throw ServedData.NoLongerKept(failed);
        }
    }

    private static void Release(Running running, List<ServedDataset> attached)
    {
        foreach (var dataset in attached)
        {
            running.Attachments.Release(dataset);
        }
    }

    private async Task WaitAsync(CancellationToken token)
    {
        if (_gate.Wait(0, token))
        {
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) > _queueMax || !await _gate.WaitAsync(WaitMax, token))
            {
                throw new OpenDataException(PortalErrors.Overloaded, new LocalText(
                    "Đang có quá nhiều truy vấn; thử lại sau vài giây. Tải cả bảng bằng CSV và Parquet vẫn dùng được.",
                    "Too many queries are at work; try again in a few seconds. Whole tables as CSV and Parquet are not affected."));
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>After an internal error DuckDB refuses everything, so the lane goes on with a fresh engine.</summary>
    private Running Healthy()
    {
        if (!_running.Engine.IsBroken)
        {
            return _running;
        }

        lock (_renewal)
        {
            if (_running.Engine.IsBroken)
            {
                // The broken one is left to its readers: disposing it under them would pull the library's memory away.
                _running = Start();
            }

            return _running;
        }
    }

    private Running Start()
    {
        var engine = DuckDbEngine.InMemory(_options);
        engine.Lock(_folders);
        return new Running(engine, new Attachments(engine, _clock));
    }

    private sealed record Running(DuckDbEngine Engine, Attachments Attachments);
}
