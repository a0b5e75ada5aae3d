using DuckDB.NET.Native;

namespace OpenData.Warehouse.Engine;

/// <summary>Up to 2,048 rows, column by column. Reused by its reader: valid until the next read.</summary>
public sealed class ResultChunk
{
    private readonly ResultColumn[] _columns;
    private readonly IntPtr[] _vectors;
    private readonly IntPtr[] _data;
    private readonly IntPtr[] _validity;

    internal ResultChunk(IReadOnlyList<ResultColumn> columns)
    {
        _columns = [.. columns];
        _vectors = new IntPtr[columns.Count];
        _data = new IntPtr[columns.Count];
        _validity = new IntPtr[columns.Count];
    }

    /// <summary>Rows in this chunk.</summary>
    public int RowCount { get; private set; }

    /// <summary>Columns in this chunk.</summary>
    public int ColumnCount => _columns.Length;

    /// <summary>One column of the chunk.</summary>
    public unsafe ColumnVector this[int column]
        => new(_vectors[column], (byte*)_data[column], (ulong*)_validity[column], RowCount, _columns[column]);

    internal unsafe void Load(DuckDBDataChunk chunk)
    {
        RowCount = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk);
        for (var index = 0; index < _data.Length; index++)
        {
            var vector = NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, index);
            _vectors[index] = vector;
            _data[index] = (IntPtr)NativeMethods.Vectors.DuckDBVectorGetData(vector);
            _validity[index] = (IntPtr)NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        }
    }
}
