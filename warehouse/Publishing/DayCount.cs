namespace OpenData.Warehouse.Publishing;

/// <summary>A day of the change time on which a published version and its source have different numbers of rows.</summary>
/// <param name="Day">The day in the zone of the column, <c>yyyy-MM-dd</c>.</param>
/// <param name="Published">Rows of the version.</param>
/// <param name="AtSource">Rows of the source.</param>
public sealed record DayCount(string Day, long Published, long AtSource);
