namespace OpenData.Warehouse.Ledger;

/// <summary>A range of a source that is read window by window, perhaps by more than one run, before anything of it is published.</summary>
/// <param name="Id">Id: that of the run that began it.</param>
/// <param name="Dataset">Dataset id.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Window">Length of a window as it was asked for, for example <c>P1M</c>.</param>
/// <param name="Windows">How many windows that gives.</param>
/// <param name="ReadingHash">What the reading depends on in the contract: another one begins anew.</param>
/// <param name="TailFrom">From where the source is read once more when all windows are in: what changed since the first of them was read must not be lost.</param>
/// <param name="StartedAt">When it was begun.</param>
public sealed record Backfill(
    string Id,
    string Dataset,
    DateOnly From,
    DateOnly To,
    string Window,
    int Windows,
    string ReadingHash,
    DateTimeOffset TailFrom,
    DateTimeOffset StartedAt);
