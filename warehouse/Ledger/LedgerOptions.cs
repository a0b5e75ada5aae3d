namespace OpenData.Warehouse.Ledger;

/// <summary>Where the state database is.</summary>
/// <param name="DataFolder">Data folder; SQLite lives in <c>state/ledger.db</c> below it.</param>
public sealed record LedgerOptions(string DataFolder)
{
    /// <summary>PostgreSQL connection string (environment <c>STATE_DB</c>); null or empty means SQLite.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>How long a writer waits for another one. Default 15 seconds.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Path of the SQLite file.</summary>
    public string SqliteFile => Path.Combine(DataFolder, "state", "ledger.db");

    /// <summary>Path of the audit log's lines outside the database.</summary>
    public string AuditFile => Path.Combine(DataFolder, "state", "audit.log");
}
