using DuckDB.NET.Native;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Engine;

/// <summary>
/// The chunks of a running query. Reading to the end is the only proof of a whole result: an error in mid-stream is thrown by
/// <see cref="Read"/>, and nobody may take the rows before it for the answer.
/// </summary>
public sealed class ChunkReader : IDisposable
{
    private readonly EngineConnection _connection;
    private readonly Interrupter _interrupter;
    private readonly ResultChunk _chunk;
    private DuckDBResult _result;
    private DuckDBDataChunk? _native;
    private bool _atEnd;
    private bool _disposed;
    private int _numberColumn = -1;
    private long _lastNumber = long.MinValue;

    internal ChunkReader(EngineConnection connection, DuckDBResult result, Interrupter interrupter)
    {
        _connection = connection;
        _result = result;
        _interrupter = interrupter;
        try
        {
            Columns = Describe(ref _result);
        }
        catch
        {
            _result.Close();
            throw;
        }

        _chunk = new ResultChunk(Columns);
    }

    /// <summary>The columns, in the order of the query.</summary>
    public IReadOnlyList<ResultColumn> Columns { get; }

    /// <summary>Moves to the next chunk; false at the end of a whole result.</summary>
    /// <param name="chunk">1 to 2,048 rows; the object and all its spans are valid until the next call.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="Catalogs.Errors.OpenDataException">OD9002 timeout, OD9004 failed, OD9005 out of memory.</exception>
    public bool Read(out ResultChunk chunk)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        chunk = _chunk;
        if (_atEnd)
        {
            return false;
        }

        do
        {
            Fetch();
            if (_atEnd)
            {
                return false;
            }

            _chunk.Load(_native!);
        }
        while (_chunk.RowCount == 0);

        if (_numberColumn >= 0)
        {
            RequireAscending();
        }

        return true;
    }

    /// <summary>
    /// From now on every chunk must go on where the one before ended: the column's whole numbers only ever grow. DuckDB reads a table in its
    /// order, so a sort would only cost time and delay the first row; here the order is checked instead of believed.
    /// </summary>
    /// <param name="column">Index of a column of 64-bit whole numbers without nulls.</param>
    public void RequireAscending(int column) => _numberColumn = column;

    /// <summary>Ends the query.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _native?.Dispose();
        _interrupter.Dispose();
        _result.Close();
        _connection.Ended(_atEnd);
    }

    private static ResultColumn[] Describe(ref DuckDBResult result)
    {
        var columns = new ResultColumn[(int)NativeMethods.Query.DuckDBColumnCount(ref result)];
        for (var index = 0; index < columns.Length; index++)
        {
            using var type = NativeMethods.Query.DuckDBColumnLogicalType(ref result, index);
            columns[index] = DuckDbTypes.Describe(NativeMethods.Query.DuckDBColumnName(ref result, index), type);
        }

        return columns;
    }

    private void RequireAscending()
    {
        foreach (var number in _chunk[_numberColumn].Values<long>())
        {
            if (number <= _lastNumber)
            {
                throw new OpenDataException(EngineErrors.QueryFailed, new LocalText(
                    "Các dòng không theo thứ tự đã lưu.", "The rows do not come in the order in which they are stored."));
            }

            _lastNumber = number;
        }
    }

    private void Fetch()
    {
        _native?.Dispose();
        _native = null;
        using (_interrupter.Enter())
        {
            _native = NativeMethods.Query.DuckDBFetchChunk(_result);
        }

        if (!_native.IsInvalid)
        {
            return;
        }

        // No chunk means the end or a failure: only the error field tells. It is also how a second query on this connection shows.
        var error = NativeMethods.Query.DuckDBResultError(ref _result);
        if (error.Length > 0)
        {
            var kind = NativeMethods.Query.DuckDBResultErrorType(ref _result);
            _interrupter.ThrowIfStopped();
            throw _connection.Failure(kind, error);
        }

        _atEnd = true;
    }
}
