using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Rounds;

namespace OpenData.Portal.Access;

/// <summary>Opens the books of accounts and of rounds, and the ledger for writing, when they are first needed: reading data never waits for them.</summary>
internal sealed class Desk(PortalOptions options, TimeProvider clock) : IAsyncDisposable
{
    private readonly OpenedOnce<AccountBook> _book = new(token => AccountBook.OpenAsync(StateOf(options), clock, token));
    private readonly OpenedOnce<RunLedger> _ledger = new(token => RunLedger.OpenAsync(StateOf(options), clock, token));

    private readonly OpenedOnce<RoundBook> _rounds = new(token => RoundBook.OpenAsync(StateOf(options), clock, token));

    /// <summary>How long sign-ins last.</summary>
    public SessionLimits Limits { get; } = new(options.SessionIdle, options.SessionLength);

    /// <summary>The book.</summary>
    public Task<AccountBook> BookAsync(CancellationToken token) => _book.GetAsync(token);

    /// <summary>The ledger, for what people ask of the worker.</summary>
    public Task<RunLedger> LedgerAsync(CancellationToken token) => _ledger.GetAsync(token);

    /// <summary>The book of assessment rounds.</summary>
    public Task<RoundBook> RoundsAsync(CancellationToken token) => _rounds.GetAsync(token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _book.DisposeAsync();
        await _ledger.DisposeAsync();
        await _rounds.DisposeAsync();
    }

    private static LedgerOptions StateOf(PortalOptions options) => new(options.DataFolder) { ConnectionString = options.StateDb };
}
