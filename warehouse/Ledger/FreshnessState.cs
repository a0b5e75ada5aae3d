namespace OpenData.Warehouse.Ledger;

/// <summary>Whether a dataset is as new as its contract promises.</summary>
public enum FreshnessState
{
    /// <summary>Read within the promised time.</summary>
    OnTime,

    /// <summary>Its next reading is past its slot, but the promise still holds.</summary>
    Due,

    /// <summary>Older than promised, or never published.</summary>
    Late,
}
