namespace OpenData.Warehouse.Staging;

/// <summary>Counts records from bytes, independently of the reader of the same format.</summary>
internal interface IRecordCounter
{
    /// <summary>Records so far.</summary>
    long Records { get; }

    /// <summary>Takes the next bytes (UTF-8, without byte order mark).</summary>
    void Add(ReadOnlySpan<byte> bytes);
}
