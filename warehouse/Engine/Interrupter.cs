using DuckDB.NET.Native;

namespace OpenData.Warehouse.Engine;

/// <summary>
/// Stops a query when its token is cancelled or its time inside DuckDB is used up. Interrupts only while a call is inside:
/// a late one would hit the next query of the connection.
/// </summary>
internal sealed class Interrupter : IDisposable
{
    // An interrupt that comes before DuckDB has begun is forgotten by it, so it is repeated until the call comes back.
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly DuckDBNativeConnection _connection;
    private readonly TimeSpan _limit;
    private readonly CancellationToken _token;
    private readonly Timer _timer;
    private readonly CancellationTokenRegistration _registration;
    private TimeSpan _used;
    private long _enteredAt;
    private bool _inside;
    private bool _timedOut;

    public Interrupter(DuckDBNativeConnection connection, TimeSpan limit, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        _connection = connection;
        _limit = limit;
        _token = token;
        _timer = new Timer(static self => ((Interrupter)self!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _registration = token.UnsafeRegister(static self => ((Interrupter)self!).Tick(), this);
    }

    /// <summary>Marks a call into DuckDB; leave by disposing.</summary>
    public Visit Enter()
    {
        ThrowIfStopped();
        lock (_gate)
        {
            _inside = true;
            _enteredAt = TimeProvider.System.GetTimestamp();
            if (_limit != Timeout.InfiniteTimeSpan)
            {
                _timer.Change(_limit > _used ? _limit - _used : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }

        return new Visit(this);
    }

    /// <summary>Turns a stop into its exception.</summary>
    public void ThrowIfStopped()
    {
        _token.ThrowIfCancellationRequested();
        if (_timedOut)
        {
            throw EngineFailure.Timeout(_limit);
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        _timer.Dispose();
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (!_inside)
            {
                return;
            }

            _timedOut |= !_token.IsCancellationRequested;
            _connection.Interrupt();
            _timer.Change(Again, Timeout.InfiniteTimeSpan);
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _inside = false;
            _used += TimeProvider.System.GetElapsedTime(_enteredAt);
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>One stay inside DuckDB.</summary>
    internal readonly ref struct Visit(Interrupter interrupter)
    {
        public void Dispose() => interrupter.Leave();
    }
}
