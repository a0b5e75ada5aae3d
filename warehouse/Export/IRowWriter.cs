using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export;

/// <summary>Turns chunks of a result into the bytes of one format. One writer serves one output and is not thread-safe.</summary>
public interface IRowWriter
{
    /// <summary>Writes what stands before the first row.</summary>
    void Begin(Utf8Buffer to);

    /// <summary>Writes all rows of a chunk.</summary>
    void Rows(ResultChunk chunk, Utf8Buffer to);

    /// <summary>Writes what stands after the last row.</summary>
    void End(Utf8Buffer to);
}
