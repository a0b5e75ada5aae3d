using System.Data.Common;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Engine;

/// <summary>One connection: one statement or one stream at a time, for one thread at a time.</summary>
public sealed class EngineConnection : IDisposable
{
    private readonly DuckDbEngine _engine;
    private readonly DuckDBConnection _ado;
    private readonly StatementCache _statements;
    private bool _leased = true;

    // Whatever may leave a trace (temporary tables, an open transaction, a half-read stream) keeps it from being reused.
    private bool _reusable = true;
    private ChunkReader? _open;
    private bool _appending;

    internal EngineConnection(DuckDbEngine engine, DuckDBConnection ado)
    {
        _engine = engine;
        _ado = ado;
        _statements = new StatementCache(ado.NativeConnection, engine.Options.StatementsMax);
    }

    /// <summary>The same connection for Dapper. Not while a stream is open: DuckDB would cut the stream off.</summary>
    public DbConnection Ado
    {
        get
        {
            _reusable = false;
            return _ado;
        }
    }

    internal DuckDBNativeConnection Native => _ado.NativeConnection;

    internal DuckDbEngine Engine => _engine;

    /// <summary>Runs a statement to its end, without a time limit; returns the rows that it changed.</summary>
    public long Execute(SqlText sql) => Execute(sql, CancellationToken.None);

    /// <summary>Runs a statement to its end, without a time limit; returns the rows that it changed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the statement had no effect.</exception>
    public long Execute(SqlText sql, CancellationToken token)
    {
        RequireIdle();
        _reusable = false;
        using var interrupter = new Interrupter(Native, Timeout.InfiniteTimeSpan, token);
        var result = Start(sql, interrupter, streaming: false);
        try
        {
            return NativeMethods.Query.DuckDBRowsChanged(ref result);
        }
        finally
        {
            result.Close();
        }
    }

    /// <summary>Starts a query and hands out its rows in chunks as DuckDB makes them. One stream per connection.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="Catalogs.Errors.OpenDataException">OD9002 timeout, OD9004 failed, OD9005 out of memory.</exception>
    public ChunkReader Stream(SqlText sql, CancellationToken token)
    {
        RequireIdle();
        var interrupter = new Interrupter(Native, _engine.Options.QueryTimeout, token);
        try
        {
            var result = Start(sql, interrupter, streaming: true);
            _open = new ChunkReader(this, result, interrupter);
            return _open;
        }
        catch
        {
            interrupter.Dispose();
            throw;
        }
    }

    /// <summary>The first cell of the first row as a whole number; null when there is no row or the cell is null.</summary>
    public long? ReadInt64(SqlText sql, CancellationToken token)
    {
        using var reader = Stream(sql, token);
        long? value = null;
        while (reader.Read(out var chunk))
        {
            value ??= chunk.RowCount == 0 || chunk[0].IsNull(0) ? null : chunk[0].Int64At(0);
        }

        return value;
    }

    /// <summary>Gives the connection back to its engine; an open stream ends.</summary>
    public void Dispose()
    {
        if (!_leased)
        {
            return;
        }

        _open?.Dispose();
        _leased = false;
        if (_reusable)
        {
            _engine.GiveBack(this);
        }
        else
        {
            Close();
        }
    }

    internal void Lease() => _leased = true;

    internal void Close()
    {
        _statements.Dispose();
        _ado.Dispose();
    }

    internal void BeginAppend()
    {
        RequireIdle();
        _reusable = false;
        _appending = true;
    }

    internal void EndAppend() => _appending = false;

    internal void Ended(bool atEnd)
    {
        _open = null;
        _reusable &= atEnd;
    }

    /// <summary>Makes the exception and takes note that this connection, or the whole engine, is not to be used again.</summary>
    internal Exception Failure(DuckDBErrorType kind, string message)
    {
        _reusable = false;
        _engine.IsBroken |= EngineFailure.IsFatal(kind, message);
        return EngineFailure.From(kind, message);
    }

    private void RequireIdle()
    {
        ObjectDisposedException.ThrowIf(!_leased, this);
        if (_open is not null || _appending)
        {
            throw new InvalidOperationException("A stream or an appender is open on this connection; DuckDB would cut it off.");
        }
    }

    private DuckDBResult Start(SqlText sql, Interrupter interrupter, bool streaming)
    {
        for (var attempt = 0; ; attempt++)
        {
            var statement = Prepare(sql.Text, interrupter);
            ValueBinder.Bind(statement, sql.Values);
            DuckDBResult result;
            DuckDBState state;
            using (interrupter.Enter())
            {
                state = streaming
                    ? NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out result)
                    : NativeMethods.PreparedStatements.DuckDBExecutePrepared(statement, out result);
            }

            if (state.IsSuccess())
            {
                return result;
            }

            var kind = NativeMethods.Query.DuckDBResultErrorType(ref result);
            var message = NativeMethods.Query.DuckDBResultError(ref result);
            result.Close();
            _statements.Drop(sql.Text);
            interrupter.ThrowIfStopped();

            // A statement prepared before a file was detached and attached again must be prepared anew, once.
            if (attempt > 0 || !message.Contains("was not attached", StringComparison.Ordinal))
            {
                throw Failure(kind, message);
            }
        }
    }

    private DuckDBPreparedStatement Prepare(string text, Interrupter interrupter)
    {
        using (interrupter.Enter())
        {
            if (_statements.TryGet(text, out var statement, out var error))
            {
                return statement;
            }

            interrupter.ThrowIfStopped();
            throw Failure(DuckDBErrorType.Invalid, error);
        }
    }
}
