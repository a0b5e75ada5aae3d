using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export.Arrow;

/// <summary>
/// Rows on their way into one record batch, column by column. Chunks of 2,048 rows are gathered into batches that readers like, of no more
/// than <see cref="RowsMax"/> rows and, unless a single row is longer, <see cref="BytesMax"/> bytes of text: memory does not grow with rows.
/// </summary>
internal sealed class ArrowBatch : IDisposable
{
    /// <summary>Most rows in a batch.</summary>
    public const int RowsMax = 65_536;

    /// <summary>Most bytes of text and geometry in a batch.</summary>
    public const long BytesMax = 32L << 20;

    private readonly ArrowColumn[] _columns;
    private readonly List<ReadOnlyMemory<byte>> _buffers = [];

    // Of the rows that are about to join, per column.
    private readonly long[] _lengths;
    private long _bytes;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="columns">The result's columns, those of the fields first.</param>
    public ArrowBatch(IReadOnlyList<ArrowField> fields, IReadOnlyList<ResultColumn> columns)
    {
        _columns = [.. fields.Select((f, i) => ArrowColumn.Of(f, columns[i]))];
        _lengths = new long[_columns.Length];
    }

    /// <summary>Rows so far.</summary>
    public int RowCount { get; private set; }

    /// <summary>True when no further row may join.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The columns that have a dictionary.</summary>
    public IEnumerable<DictionaryColumn> Dictionaries => _columns.OfType<DictionaryColumn>();

    /// <summary>Length and number of nulls of every column, and of the values of every list.</summary>
    public long[] Nodes => [.. _columns.SelectMany(c => c.Nodes(RowCount))];

    /// <summary>All buffers of all columns in order; valid until <see cref="Clear"/>.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Buffers()
    {
        _buffers.Clear();
        foreach (var column in _columns)
        {
            _buffers.Add(column.Nulls.Written);
            column.Buffers(_buffers);
        }

        return _buffers;
    }

    /// <summary>Adds rows of a chunk, as many as fit, and gives their number.</summary>
    public int Append(ResultChunk chunk, int from)
    {
        var count = Math.Min(chunk.RowCount - from, RowsMax - RowCount);
        var bytes = BytesOf(chunk, from, count);
        while (_bytes + bytes > BytesMax && RowCount + count > 1)
        {
            IsFull = true;
            count /= 2;
            bytes = BytesOf(chunk, from, count);
        }

        for (var i = 0; i < _columns.Length; i++)
        {
            var vector = chunk[i];
            _columns[i].Append(in vector, from, count, _lengths[i]);
        }

        _bytes += bytes;
        RowCount += count;
        IsFull |= RowCount == RowsMax;
        return count;
    }

    /// <summary>Forgets the rows; keeps the memory and the dictionaries.</summary>
    public void Clear()
    {
        RowCount = 0;
        IsFull = false;
        _bytes = 0;
        foreach (var column in _columns)
        {
            column.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var column in _columns)
        {
            column.Dispose();
        }
    }

    private long BytesOf(ResultChunk chunk, int from, int count)
    {
        var bytes = 0L;
        for (var i = 0; i < _columns.Length; i++)
        {
            var vector = chunk[i];
            _lengths[i] = _columns[i].BytesOf(in vector, from, count);
            bytes += _lengths[i];
        }

        return bytes;
    }
}
