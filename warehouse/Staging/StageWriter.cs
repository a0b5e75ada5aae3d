using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Staging;

/// <summary>
/// Appends rows to one table in bounded memory. The appender holds back many rows, so it is closed and opened anew whenever the text in it
/// reaches a bound. A transaction holds back the last, half-filled block of every column of every row group, so it is ended after some of them;
/// and only between two row groups, since rows of half a group stay in memory for good. Staging that fails throws the table away, so nothing needs
/// to be undone.
/// </summary>
internal sealed class StageWriter : IDisposable
{
    private const long HeldBytesMax = 48 * 1024 * 1024;

    // DuckDB's default; half-filled blocks of 256 KiB each, 32 MiB together.
    private const int RowGroupRows = 122_880;
    private const int HeldBlocksMax = 256;

    private readonly EngineConnection _connection;
    private readonly string _table;
    private readonly long _transactionRows;
    private long _held;
    private long _rows;

    public StageWriter(EngineConnection connection, string table)
    {
        _connection = connection;
        _table = table;
        Appender = Begin();
        _transactionRows = (long)RowGroupRows * Math.Max(1, HeldBlocksMax / Appender.ColumnCount);
    }

    public ChunkAppender Appender { get; private set; }

    /// <summary>Takes note of bytes put into the row under way.</summary>
    public void Grew(int bytes) => _held += bytes;

    public void EndRow()
    {
        Appender.NextRow();
        if (++_rows == _transactionRows)
        {
            Complete();
            Appender = Begin();
        }
        else if (_held > HeldBytesMax)
        {
            Close();
            Appender = new ChunkAppender(_connection, _table);
        }
    }

    /// <summary>Everything appended is in the table after this.</summary>
    public void Complete()
    {
        Close();
        _connection.Execute(new SqlBuilder().Append("COMMIT").ToSql());
        _rows = 0;
    }

    public void Dispose() => Appender.Dispose();

    private void Close()
    {
        Appender.Complete();
        Appender.Dispose();
        _held = 0;
    }

    private ChunkAppender Begin()
    {
        _connection.Execute(new SqlBuilder().Append("BEGIN TRANSACTION").ToSql());
        return new ChunkAppender(_connection, _table);
    }
}
