namespace OpenData.Portal.Serving;

/// <summary>An answer in the making that must fit into memory: one byte too many ends it.</summary>
/// <param name="bytesMax">Bytes at most.</param>
internal sealed class HeldBody(int bytesMax) : MemoryStream
{
    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Require(buffer.Length);
        base.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        Require(count);
        base.Write(buffer, offset, count);
    }

    /// <inheritdoc/>
    public override void WriteByte(byte value)
    {
        Require(1);
        base.WriteByte(value);
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    private void Require(int more)
    {
        if (Length + more > bytesMax)
        {
            throw new BodyTooLargeException();
        }
    }
}
