namespace OpenData.Warehouse.Ledger;

/// <summary>A day of the change time on which a full reconcile found other numbers of rows published than at the source.</summary>
/// <param name="Day">The day, <c>yyyy-MM-dd</c>.</param>
/// <param name="Before">Rows published before.</param>
/// <param name="AtSource">Rows of the source.</param>
/// <param name="After">Rows published since; null while the run has not published.</param>
public sealed record ReconcileDay(string Day, long Before, long AtSource, long? After);
