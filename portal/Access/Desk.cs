using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Ledger;

namespace OpenData.Portal.Access;

/// <summary>Opens the book of accounts, and the ledger for writing, when they are first needed: reading data never waits for them.</summary>
internal sealed class Desk(PortalOptions options, TimeProvider clock) : IAsyncDisposable
{
    private readonly OpenedOnce<AccountBook> _book = new(token => AccountBook.OpenAsync(StateOf(options), clock, token));
    private readonly OpenedOnce<RunLedger> _ledger = new(token => RunLedger.OpenAsync(StateOf(options), clock, token));

    /// <summary>How long sign-ins last.</summary>
    public SessionLimits Limits { get; } = new(options.SessionIdle, options.SessionLength);

    /// <summary>The book.</summary>
    public Task<AccountBook> BookAsync(CancellationToken token) => _book.GetAsync(token);

    /// <summary>The ledger, for what people ask of the worker.</summary>
    public Task<RunLedger> LedgerAsync(CancellationToken token) => _ledger.GetAsync(token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _book.DisposeAsync();
        await _ledger.DisposeAsync();
    }

    private static LedgerOptions StateOf(PortalOptions options) => new(options.DataFolder) { ConnectionString = options.StateDb };
}
