using OpenData.Warehouse.Engine;

namespace OpenData.Portal.Serving;

/// <summary>The lanes: what is short by its form, short until shown otherwise, known to be long, and whole tables. None waits for another.</summary>
internal sealed class QueryLanes : IDisposable
{
    /// <summary>A question that takes longer moves over to the patient lane, and so does the next one of its shape.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>So long a shape is known to be long; then it is tried again, since the machine may have been busy.</summary>
    private static readonly TimeSpan LongFor = TimeSpan.FromMinutes(1);

    private const long ShapesBytesMax = 4 * 1024 * 1024;

    private readonly RecentlyUsed<LongShape> _long = new(ShapesBytesMax, _ => sizeof(long));
    private readonly RecentlyUsed<Taken> _taken = new(ShapesBytesMax, _ => sizeof(long));
    private readonly TimeProvider _clock;

    /// <summary>Opens the engines.</summary>
    public QueryLanes(PortalOptions options, SpillFolder spill, TimeProvider clock)
    {
        _clock = clock;
        var cores = Environment.ProcessorCount;
        string[] published = [Path.GetFullPath(Path.Combine(options.DataFolder, "published"))];
        var memory = options.MemoryMb * 1024L * 1024L;
        var bulkGate = cores * 2;
        Quick = new QueryLane(
            "quick",
            new EngineOptions { Threads = 1, MemoryBytesMax = memory / 4, QueryTimeout = options.QueryTimeout, PlansBriefly = true },
            published,
            cores,
            options.QueueMax,
            clock);
        Interactive = new QueryLane(
            "interactive",
            new EngineOptions { Threads = Math.Min(2, cores), MemoryBytesMax = memory, QueryTimeout = options.QueryTimeout },
            published,
            cores,
            options.QueueMax,
            clock);
        Patient = new QueryLane(
            "patient",
            new EngineOptions { Threads = cores, MemoryBytesMax = memory, QueryTimeout = options.QueryTimeout },
            published,
            Math.Max(1, cores / 2),
            options.QueueMax,
            clock);
        Bulk = new QueryLane(
            "bulk",
            new EngineOptions { Threads = cores, MemoryBytesMax = memory, QueryTimeout = options.ExportTimeout, TempFolder = spill.Path },
            [.. published, spill.Path],
            bulkGate,
            options.QueueMax / 4,
            clock);

        // A call into an engine keeps its thread. The pool adds threads too slowly for that, and everybody else would wait for one.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, (cores * 4) + bulkGate + cores), ports);
    }

    /// <summary>
    /// Looks by key, pages in physical order and everything over small tables: a few milliseconds each by their form.
    /// </summary>
    public QueryLane Quick { get; }

    /// <summary>Filters, orders and counts that nobody knows to be long.</summary>
    public QueryLane Interactive { get; }

    /// <summary>Questions that took longer than the interactive lane's patience: few at a time, all cores.</summary>
    public QueryLane Patient { get; }

    /// <summary>Whole tables and other exports.</summary>
    public QueryLane Bulk { get; }

    /// <summary>
    /// Asks a question whose answer is made in memory. It may be asked twice: where the interactive lane's patience ends, it is broken off
    /// and begins anew in the patient lane, so that a short question never waits behind more than a few patiences.
    /// </summary>
    /// <param name="question">What is asked.</param>
    /// <param name="ask">Runs it; its calls into the engine block. Must leave nothing behind when it is cancelled.</param>
    /// <param name="token">The caller's own patience.</param>
    public async Task<T> AskAsync<T>(Question question, Func<QueryLease, CancellationToken, Task<T>> ask, CancellationToken token)
    {
        var began = _clock.GetTimestamp();
        var answer = await AnswerAsync(question, ask, token);
        _taken.Keep(question.Shape, new Taken(_clock.GetElapsedTime(began)));
        return answer;
    }

    /// <summary>The lane in which a question begins.</summary>
    public QueryLane LaneOf(Question question)
        => question.IsQuick || question.IsSmall ? Quick : IsLong(question.Shape) ? Patient : Interactive;

    /// <summary>How long the last question of that shape took, waiting included; null when none is remembered.</summary>
    public TimeSpan? LastTaken(Question question) => _taken.TryFind(question.Shape, out var taken) ? taken.Time : null;

    /// <summary>Detaches from every engine what nobody reads any more.</summary>
    public void Sweep(ServedCatalog current)
    {
        Quick.Attachments.Sweep(current);
        Interactive.Attachments.Sweep(current);
        Patient.Attachments.Sweep(current);
        Bulk.Attachments.Sweep(current);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Quick.Dispose();
        Interactive.Dispose();
        Patient.Dispose();
        Bulk.Dispose();
    }

    private static async Task<T> AskAsync<T>(QueryLane lane, Question question, Func<QueryLease, CancellationToken, Task<T>> ask, CancellationToken token)
    {
        using var lease = await lane.EnterAsync(question.Dataset, token);
        return await ask(lease, token);
    }

    private async Task<T> AnswerAsync<T>(Question question, Func<QueryLease, CancellationToken, Task<T>> ask, CancellationToken token)
    {
        var lane = LaneOf(question);
        if (lane != Interactive)
        {
            return await AskAsync(lane, question, ask, token);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        try
        {
            using var lease = await Interactive.EnterAsync(question.Dataset, token);
            patience.CancelAfter(Patience);
            return await ask(lease, patience.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            _long.Keep(question.Shape, new LongShape(_clock.GetTimestamp()));
        }

        return await AskAsync(Patient, question, ask, token);
    }

    private bool IsLong(string shape) => _long.TryFind(shape, out var found) && _clock.GetElapsedTime(found.Since) < LongFor;

    private sealed record LongShape(long Since);

    private sealed record Taken(TimeSpan Time);
}
