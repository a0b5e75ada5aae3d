namespace OpenData.Warehouse.Engine;

/// <summary>
/// How far one piece of work has got: one thread counts, others look. Figures may be a moment old; the counts that are kept come from the
/// work's own result.
/// </summary>
public sealed class WorkMeter
{
    private long _records;
    private long _bytes;

    /// <summary>Records so far.</summary>
    public long Records
    {
        get => Volatile.Read(ref _records);
        set => Volatile.Write(ref _records, value);
    }

    /// <summary>Bytes so far.</summary>
    public long Bytes
    {
        get => Volatile.Read(ref _bytes);
        set => Volatile.Write(ref _bytes, value);
    }
}
