using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Ledger;

/// <summary>A stretch of slots that pass without a run.</summary>
/// <param name="FirstAt">The first slot.</param>
/// <param name="LastAt">The last slot.</param>
/// <param name="Count">How many slots.</param>
/// <param name="Cause">One of <see cref="SlotErrors"/>.</param>
public sealed record SlotSkip(DateTimeOffset FirstAt, DateTimeOffset LastAt, long Count, ErrorCode Cause);
