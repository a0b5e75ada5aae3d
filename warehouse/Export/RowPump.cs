using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Export;

/// <summary>Moves a result into a stream, a chunk at a time: memory does not grow with the number of rows.</summary>
public static class RowPump
{
    private const int FlushBytes = 128 * 1024;

    /// <summary>Writes everything and gives the number of rows. A failure leaves the stream unfinished: the caller must break it off.</summary>
    public static async Task<long> WriteAsync(ChunkReader reader, IRowWriter writer, Stream target, CancellationToken token)
    {
        using var buffer = new Utf8Buffer();
        writer.Begin(buffer);
        long rows = 0;
        for (var count = Next(reader, writer, buffer); count > 0; count = Next(reader, writer, buffer))
        {
            var isFirst = rows == 0;
            rows += count;
            if (isFirst || buffer.Length >= FlushBytes)
            {
                await target.WriteAsync(buffer.Written, token);
                buffer.Clear();
                if (isFirst)
                {
                    // Where rows are far between, readers see that there are some.
                    await target.FlushAsync(token);
                }
            }
        }

        writer.End(buffer);
        await target.WriteAsync(buffer.Written, token);
        return rows;
    }

    /// <summary>The same for files, on the caller's thread.</summary>
    public static long Write(ChunkReader reader, IRowWriter writer, Stream target)
    {
        using var buffer = new Utf8Buffer();
        writer.Begin(buffer);
        long rows = 0;
        for (var count = Next(reader, writer, buffer); count > 0; count = Next(reader, writer, buffer))
        {
            rows += count;
            if (buffer.Length >= FlushBytes)
            {
                target.Write(buffer.Written.Span);
                buffer.Clear();
            }
        }

        writer.End(buffer);
        target.Write(buffer.Written.Span);
        return rows;
    }

    private static int Next(ChunkReader reader, IRowWriter writer, Utf8Buffer buffer)
    {
        if (!reader.Read(out var chunk))
        {
            return 0;
        }

        writer.Rows(chunk, buffer);
        return chunk.RowCount;
    }
}
