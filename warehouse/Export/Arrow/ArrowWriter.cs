using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export.Arrow;

/// <summary>Writes one result: schema, dictionaries, batches, end. A file is the same stream between a mark and a footer.</summary>
internal sealed class ArrowWriter : IDisposable
{
    private static readonly byte[] Mark = [.. "ARROW1"u8];

    private readonly TableDescription _table;
    private readonly IReadOnlyList<ArrowField> _fields;
    private readonly ArrowBatch _batch;
    private readonly ArrowOutput _output;
    private readonly Stream _target;
    private readonly bool _isFile;
    private readonly List<ArrowBlock> _batches = [];

    // An index once given stays right, so of a dictionary that grew the last one serves every batch: the footer names that one only.
    private readonly SortedDictionary<int, ArrowBlock> _dictionaries = [];

    /// <summary>Prepares for a result.</summary>
    /// <param name="table">What its rows are.</param>
    /// <param name="columns">Its columns, those of the table first.</param>
    /// <param name="target">Where the bytes go.</param>
    /// <param name="isFile">True for a file, false for a stream.</param>
    public ArrowWriter(TableDescription table, IReadOnlyList<ResultColumn> columns, Stream target, bool isFile)
    {
        _table = table;
        _fields = ArrowField.Of(table, columns);
        _batch = new ArrowBatch(_fields, columns);
        _output = new ArrowOutput(target);
        _target = target;
        _isFile = isFile;
    }

    /// <summary>Writes what stands before the first batch and lets it go: where rows are far between, readers see that there are some.</summary>
    public async Task BeginAsync(CancellationToken token)
    {
        if (_isFile)
        {
            await _output.BytesAsync(Mark, token);
            await _output.PadAsync(token);
        }

        await _output.MessageAsync(ArrowMetadata.SchemaMessage(_table, _fields), [], token);
        await _output.FlushAsync(token);
        await _target.FlushAsync(token);
    }

    /// <summary>Takes the rows of a chunk and writes the batches that they fill.</summary>
    public async Task RowsAsync(ResultChunk chunk, CancellationToken token)
    {
        for (var from = 0; from < chunk.RowCount;)
        {
            from += _batch.Append(chunk, from);
            if (_batch.IsFull)
            {
                await BatchAsync(token);
            }
        }
    }

    /// <summary>Writes the rest.</summary>
    public async Task EndAsync(CancellationToken token)
    {
        if (_batch.RowCount > 0)
        {
            await BatchAsync(token);
        }

        // Without any batch the dictionaries are still missing.
        await DictionariesAsync(token);
        await _output.EndOfStreamAsync(token);
        if (_isFile)
        {
            var footer = ArrowMetadata.Footer(_table, _fields, _dictionaries.Values, _batches);
            await _output.BytesAsync(footer, token);
            await _output.NumberAsync(footer.Length, token);
            await _output.BytesAsync(Mark, token);
        }

        await _output.FlushAsync(token);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batch.Dispose();
        _output.Dispose();
    }

    private async Task BatchAsync(CancellationToken token)
    {
        await DictionariesAsync(token);
        var buffers = _batch.Buffers();
        var (places, bodyLength) = ArrowOutput.Layout(buffers);
        var head = ArrowMetadata.BatchMessage(_batch.RowCount, _batch.Nodes, places, bodyLength);
        _batches.Add(await _output.MessageAsync(head, buffers, token));
        _batch.Clear();
    }

    // Before the first batch that needs them, and again, whole, when values joined: readers know replacements better than additions.
    private async Task DictionariesAsync(CancellationToken token)
    {
        foreach (var column in _batch.Dictionaries)
        {
            if (column.TakeGrown() is { } values)
            {
                ReadOnlyMemory<byte>[] buffers = [default, values.Ends, values.Texts];
                var (places, bodyLength) = ArrowOutput.Layout(buffers);
                var head = ArrowMetadata.DictionaryMessage(column.Number, values.Count, places, bodyLength);
                _dictionaries[column.Number] = await _output.MessageAsync(head, buffers, token);
            }
        }
    }
}
