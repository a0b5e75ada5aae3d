using DuckDB.NET.Native;

namespace OpenData.Warehouse.Engine;

/// <summary>
/// Writes rows into one table through data chunks: set the cells of row <see cref="Row"/> in every column, then
/// <see cref="NextRow"/>. A cell that is not set is zero or empty, never rubbish. Without <see cref="Complete"/> rows that were not
/// yet flushed are dropped; run it in a transaction, or into a table that is thrown away, when half a load must not stay.
/// </summary>
public sealed class ChunkAppender : IDisposable
{
    /// <summary>Rows per chunk.</summary>
    public const int ChunkRows = 2_048;

    private readonly EngineConnection _connection;
    private readonly DuckDBAppender _appender;
    private readonly DuckDBDataChunk _chunk;
    private readonly ChunkColumn[] _columns;
    private bool _completed;

    /// <summary>Opens an appender; the connection does nothing else until it is disposed.</summary>
    /// <param name="connection">The connection, without an open stream.</param>
    /// <param name="table">Table name, unquoted.</param>
    /// <param name="schema">Schema, null for the default one.</param>
    /// <param name="attachment">Alias of an attached file, null for the instance's own database.</param>
    /// <exception cref="Catalogs.Errors.OpenDataException">OD9004: no such table.</exception>
    public ChunkAppender(EngineConnection connection, string table, string? schema = null, string? attachment = null)
    {
        _connection = connection;
        connection.BeginAppend();
        var state = NativeMethods.Appender.DuckDBAppenderCreateExt(connection.Native, attachment, schema, table, out _appender);
        if (!state.IsSuccess())
        {
            var failure = Failure();
            _appender.Dispose();
            connection.EndAppend();
            throw failure;
        }

        var types = ColumnTypes();
        try
        {
            _columns = [.. types.Select(type => new ChunkColumn(DuckDbTypes.Describe("", type)))];
            _chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk(
                Array.ConvertAll(types, type => type.DangerousGetHandle()), (ulong)types.Length);
        }
        finally
        {
            Array.ForEach(types, type => type.Dispose());
        }

        Bind();
    }

    /// <summary>The row of the current chunk that is being set; 0 to 2,047.</summary>
    public int Row { get; private set; }

    /// <summary>Rows finished so far.</summary>
    public long RowCount { get; private set; }

    /// <summary>Columns of the table.</summary>
    public int ColumnCount => _columns.Length;

    /// <summary>A column's setters; the object stays the same for the appender's life.</summary>
    public ChunkColumn Column(int index) => _columns[index];

    /// <summary>Finishes the row; a full chunk goes to DuckDB.</summary>
    public void NextRow()
    {
        RowCount++;
        if (++Row == ChunkRows)
        {
            FlushChunk();
        }
    }

    /// <summary>Sends what is left and closes; after this the rows are in the table.</summary>
    /// <exception cref="Catalogs.Errors.OpenDataException">OD9004: a constraint refused the rows, or the disk failed.</exception>
    public void Complete()
    {
        if (Row > 0)
        {
            FlushChunk();
        }

        Check(NativeMethods.Appender.DuckDBAppenderClose(_appender));
        _completed = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_appender.IsClosed)
        {
            return;
        }

        if (!_completed)
        {
            // Destroying an appender flushes it: unfinished work is cleared first.
            NativeMethods.Appender.DuckDBAppenderClear(_appender);
        }

        _chunk.Dispose();
        _appender.Dispose();
        _connection.EndAppend();
    }

    private DuckDBLogicalType[] ColumnTypes()
    {
        var types = new DuckDBLogicalType[(int)NativeMethods.Appender.DuckDBAppenderColumnCount(_appender)];
        for (var index = 0; index < types.Length; index++)
        {
            types[index] = NativeMethods.Appender.DuckDBAppenderColumnType(_appender, (ulong)index);
        }

        return types;
    }

    private void FlushChunk()
    {
        NativeMethods.DataChunks.DuckDBDataChunkSetSize(_chunk, (ulong)Row);
        Check(NativeMethods.Appender.DuckDBAppendDataChunk(_appender, _chunk));
        NativeMethods.DataChunks.DuckDBDataChunkReset(_chunk);
        Row = 0;
        Bind();
    }

    // Where the values lie is only known anew after each reset.
    private void Bind()
    {
        for (var index = 0; index < _columns.Length; index++)
        {
            _columns[index].Bind(NativeMethods.DataChunks.DuckDBDataChunkGetVector(_chunk, index));
        }
    }

    private void Check(DuckDBState state)
    {
        if (!state.IsSuccess())
        {
            throw Failure();
        }
    }

    private Exception Failure()
    {
        using var error = NativeMethods.Appender.DuckDBAppenderErrorData(_appender);
        return _connection.Failure(
            error.IsInvalid ? DuckDBErrorType.Invalid : NativeMethods.ErrorData.DuckDBErrorDataErrorType(error), error.Message);
    }
}
