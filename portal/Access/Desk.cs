using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Ledger;

namespace OpenData.Portal.Access;

/// <summary>Opens the book of accounts and the ledger for writing when they are first needed, and tries again when that failed: reading data never waits for it.</summary>
internal sealed class Desk(PortalOptions options, TimeProvider clock) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile AccountBook? _book;
    private volatile RunLedger? _ledger;

    /// <summary>How long sign-ins last.</summary>
    public SessionLimits Limits { get; } = new(options.SessionIdle, options.SessionLength);

    /// <summary>The book.</summary>
    public async Task<AccountBook> BookAsync(CancellationToken token)
    {
        if (_book is { } open)
        {
            return open;
        }

        await _opening.WaitAsync(token);
        try
        {
            return _book ??= await AccountBook.OpenAsync(State, clock, token);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>The ledger, for what people ask of the worker.</summary>
    public async Task<RunLedger> LedgerAsync(CancellationToken token)
    {
        if (_ledger is { } open)
        {
            return open;
        }

        await _opening.WaitAsync(token);
        try
        {
            return _ledger ??= await RunLedger.OpenAsync(State, clock, token);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _opening.Dispose();
        if (_book is { } book)
        {
            await book.DisposeAsync();
        }

        if (_ledger is { } ledger)
        {
            await ledger.DisposeAsync();
        }
    }

    private LedgerOptions State => new(options.DataFolder) { ConnectionString = options.StateDb };
}
