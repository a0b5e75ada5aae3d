namespace OpenData.Warehouse.Staging;

/// <summary>
/// Where readers put records: the staging table (<see cref="RowStager"/>), or the landing of a dataset with personal columns
/// (<see cref="Landing.RecordCleaner"/>), which keeps the records without those columns.
/// </summary>
internal interface IRecordSink
{
    /// <summary>A new record begins; it is counted from here on.</summary>
    /// <param name="byteOffset">Where it begins in the file, in bytes; -1 where that has no meaning.</param>
    void Begin(long byteOffset);

    /// <summary>A cell of the record. False: the record is refused already and needs no more cells.</summary>
    /// <param name="column">Index among the public columns.</param>
    /// <param name="value">UTF-8; valid during the call only.</param>
    /// <param name="form">What the cell was in its source.</param>
    bool Cell(int column, ReadOnlySpan<byte> value, CellForm form);

    /// <summary>The record is complete; columns without a cell have no value.</summary>
    void End();

    /// <summary>A record that cannot be split into cells, or whose form is broken; counted as received and as refused.</summary>
    void Refuse(long byteOffset, string? column, string rule, ReadOnlySpan<byte> text);

    /// <summary>A cell of the record under way is broken below the level of its value.</summary>
    void Fault(int column, string rule, ReadOnlySpan<byte> text);
}
