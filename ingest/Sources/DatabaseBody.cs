using Npgsql;

namespace OpenData.Ingest.Sources;

/// <summary>The rows of a running statement as one JSON array, piece by piece: neither the table nor a row is ever held whole.</summary>
internal sealed class DatabaseBody(NpgsqlCommand command, NpgsqlDataReader reader) : Stream
{
    private Stream? _row;
    private bool _begun;
    private bool _ended;

    /// <summary>Rows handed on.</summary>
    internal long Rows { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || (_ended && _begun))
        {
            return 0;
        }

        try
        {
            if (!_begun)
            {
                _begun = true;
                return Put(buffer, (byte)'[');
            }

            if (_row is not null && await _row.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                return count;
            }

            return await NextAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw DatabaseFailure.Of(e, connected: true);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
        => ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // A reader that is closed early would first read all the rest.
        if (disposing && !_ended)
        {
            _ended = true;
            command.Cancel();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> NextAsync(Memory<byte> buffer, CancellationToken token)
    {
        if (!await reader.ReadAsync(token))
        {
            _ended = true;
            return Put(buffer, (byte)']');
        }

        _row = await reader.GetStreamAsync(0, token);
        return Put(buffer, Rows++ == 0 ? (byte)'\n' : (byte)',');
    }

    private static int Put(Memory<byte> buffer, byte sign)
    {
        buffer.Span[0] = sign;
        return 1;
    }
}
