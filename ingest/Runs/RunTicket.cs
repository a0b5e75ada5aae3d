using Microsoft.Extensions.Logging;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Runs;

/// <summary>The right of a run to its dataset: renews the lease while the run works, and calls it off when the lease is lost.</summary>
internal sealed class RunTicket : IAsyncDisposable
{
    private readonly RunLedger _ledger;
    private readonly TimeSpan _length;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;
    private volatile Lease _lease;
    private bool _abandoned;

    /// <summary>Begins to renew.</summary>
    internal RunTicket(RunLedger ledger, Lease lease, DateTimeOffset startedAt, TimeSpan length, TimeProvider clock, ILogger logger)
    {
        _ledger = ledger;
        _lease = lease;
        _length = length;
        _clock = clock;
        _logger = logger;
        StartedAt = startedAt;
        _renewing = RenewAsync();
    }

    internal string RunId => _lease.Owner;

    internal long Token => _lease.Token;

    internal DateTimeOffset StartedAt { get; }

    /// <summary>Cancelled when the lease is lost.</summary>
    internal CancellationToken Lost => _lost.Token;

    /// <summary>Renews at once; a run that may not publish any more ends here.</summary>
    /// <exception cref="OpenDataException"><see cref="LedgerErrors.LeaseLost"/>.</exception>
    internal async Task RequireLeaseAsync(CancellationToken token)
        => _lease = await _ledger.RenewAsync(_lease, _length, token) ?? throw LeaseLost();

    internal static OpenDataException LeaseLost() => new(LedgerErrors.LeaseLost, new LocalText(
        "Lượt chạy dừng lâu hơn thời hạn giữ quyền xử lý.", "The run was paused longer than its lease lasted."));

    /// <summary>Leaves the lease to run out: somebody may still be at work under it.</summary>
    internal void Abandon() => _abandoned = true;

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
        if (!_abandoned)
        {
            await _ledger.ReleaseAsync(_lease, CancellationToken.None);
        }

        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(_length / 3, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                if (!await RenewedAsync())
                {
                    RunLog.LeaseLost(_logger, _lease.Dataset, _lease.Owner);
                    await _lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    private async Task<bool> RenewedAsync()
    {
        try
        {
            if (await _ledger.RenewAsync(_lease, _length, _ended.Token) is not { } renewed)
            {
                return false;
            }

            _lease = renewed;
            return true;
        }
        catch (OpenDataException e) when (e.Code == LedgerErrors.Unavailable)
        {
            // The lease still holds until its end; the next tick may reach the database again.
            RunLog.RenewalFailed(_logger, _lease.Dataset);
            return _clock.GetUtcNow() < _lease.ExpiresAt;
        }
    }
}
