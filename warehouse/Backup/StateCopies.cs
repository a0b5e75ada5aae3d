using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Backup;

/// <summary>Which way the state is copied.</summary>
internal static class StateCopies
{
    /// <summary>That of the state database which the options name.</summary>
    internal static IStateCopy Of(LedgerOptions options)
        => string.IsNullOrWhiteSpace(options.ConnectionString) ? new SqliteState(options) : new PostgresState(options);
}
