namespace OpenData.Warehouse.Changes;

/// <summary>How many rows changed in which way.</summary>
/// <param name="Added">Rows that only the newer version has.</param>
/// <param name="Changed">Rows whose values differ.</param>
/// <param name="Removed">Rows that only the older version has.</param>
public sealed record ChangeCounts(long Added, long Changed, long Removed);
