using System.Buffers.Binary;

namespace OpenData.Warehouse.Export.Arrow;

/// <summary>Frames messages: length, metadata, body, everything at multiples of eight bytes from the start. The target need not seek.</summary>
/// <param name="target">Where the bytes go.</param>
internal sealed class ArrowOutput(Stream target) : IDisposable
{
    private const int Alignment = 8;

    /// <summary>Pieces below this size are gathered, so that a small answer is one write.</summary>
    private const int SmallBytes = 16 * 1024;

    private const int FlushBytes = 128 * 1024;

    private static readonly byte[] Continuation = [0xFF, 0xFF, 0xFF, 0xFF];

    private readonly Utf8Buffer _small = new(capacity: 4096);
    private long _position;

    /// <summary>Places and lengths of buffers in a body, and the length of the body.</summary>
    public static (long[] Places, long BodyLength) Layout(IReadOnlyList<ReadOnlyMemory<byte>> buffers)
    {
        var places = new long[buffers.Count * 2];
        var position = 0L;
        for (var i = 0; i < buffers.Count; i++)
        {
            places[i * 2] = position;
            places[(i * 2) + 1] = buffers[i].Length;
            position += Padded(buffers[i].Length);
        }

        return (places, position);
    }

    /// <summary>Writes a message and gives where it is.</summary>
    /// <param name="head">Metadata; its length is a multiple of eight.</param>
    /// <param name="body">The buffers of the body.</param>
    /// <param name="token">Stops the writing.</param>
    public async Task<ArrowBlock> MessageAsync(ReadOnlyMemory<byte> head, IReadOnlyList<ReadOnlyMemory<byte>> body, CancellationToken token)
    {
        var start = _position;
        await BytesAsync(Continuation, token);
        await NumberAsync(head.Length, token);
        await BytesAsync(head, token);
        var headLength = (int)(_position - start);
        foreach (var buffer in body)
        {
            await BytesAsync(buffer, token);
            await PadAsync(token);
        }

        return new ArrowBlock(start, headLength, _position - start - headLength);
    }

    /// <summary>Writes the sign that no message follows.</summary>
    public async Task EndOfStreamAsync(CancellationToken token)
    {
        await BytesAsync(Continuation, token);
        await NumberAsync(0, token);
    }

    /// <summary>Writes bytes as they are.</summary>
    public async Task BytesAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        _position += bytes.Length;
        if (bytes.Length < SmallBytes)
        {
            _small.Append(bytes.Span);
            if (_small.Length < FlushBytes)
            {
                return;
            }

            bytes = default;
        }

        await FlushAsync(token);
        if (!bytes.IsEmpty)
        {
            await target.WriteAsync(bytes, token);
        }
    }

    /// <summary>Writes a 32-bit number.</summary>
    public async Task NumberAsync(int number, CancellationToken token)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        await BytesAsync(bytes, token);
    }

    /// <summary>Writes zeros up to a multiple of eight bytes.</summary>
    public Task PadAsync(CancellationToken token) => BytesAsync(new byte[Padded(_position) - _position], token);

    /// <summary>Hands on what was gathered.</summary>
    public async Task FlushAsync(CancellationToken token)
    {
        if (_small.Length > 0)
        {
            await target.WriteAsync(_small.Written, token);
            _small.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _small.Dispose();

    private static long Padded(long length) => (length + Alignment - 1) & -Alignment;
}
