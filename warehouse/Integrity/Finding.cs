using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Integrity;

/// <summary>Something in the data folder that is not as it was left.</summary>
/// <param name="Code">What kind of thing it is.</param>
/// <param name="Subject">Where: dataset and version, hash or run; for operators.</param>
/// <param name="Says">What is wrong, one sentence in English.</param>
public sealed record Finding(ErrorCode Code, string Subject, string Says);
