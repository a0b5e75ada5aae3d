namespace OpenData.Warehouse.Backup;

/// <summary>Saves and loads the state database as it was at one moment, while others write to it.</summary>
internal interface IStateCopy
{
    /// <summary><c>sqlite</c> or <c>postgresql</c>.</summary>
    string Kind { get; }

    /// <summary>Writes the state of one moment into a folder.</summary>
    Task<SavedState> SaveAsync(string folder, CancellationToken token);

    /// <summary>True when the database has runs already.</summary>
    Task<bool> IsFilledAsync(CancellationToken token);

    /// <summary>Fills the empty database from a folder; all or nothing.</summary>
    /// <param name="folder">What <see cref="SaveAsync"/> wrote.</param>
    /// <param name="schema">Version of the tables at that time.</param>
    /// <param name="token">Ends the work.</param>
    Task LoadAsync(string folder, int schema, CancellationToken token);
}
